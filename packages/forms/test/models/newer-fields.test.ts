import {
  CASCADE,
  char,
  createRegistry,
  F,
  foreignKey,
  generated,
  integer,
  ipAddress,
  Model,
  manyToMany,
  positiveBigInteger,
  registerModels,
  smallAuto,
} from '@nuages/orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { CharField, type ChoiceField, ModelForm, modelFormField } from '../../src/index.ts'
import { Author, Tag } from '../blog/models.ts'
import { fillBlog, useBlog } from '../blog/use-blog.ts'

class Host extends Model({
  number: smallAuto(),
  address: ipAddress({ null: true, blank: true }),
  bytes: positiveBigInteger(),
  level: integer({
    choices: [
      ['Low', [[1, 'one']]],
      [9, 'nine'],
    ],
  }),
  state: char({ maxLength: 5, choices: { up: 'It runs', down: 'It does not' }, dbDefault: 'up' }),
  twice: generated({ expression: F('bytes').multiply(2), outputField: positiveBigInteger(), dbPersist: true }),
  get author() {
    return foreignKey(Author, { onDelete: CASCADE, null: true, blank: true, limitChoicesTo: { name__startswith: 'A' } })
  },
  get tags() {
    return manyToMany(Tag, { blank: true, limitChoicesTo: () => ({ name: 'sf' }) })
  },
}) {}

registerModels('net', { Host }, createRegistry())
class HostForm extends ModelForm(Host, { fields: 'all' }) {}

useBlog()
beforeEach(() => fillBlog())

const field = (name: string) => modelFormField(Host.meta.member(name) as never)!

describe('fields of models in forms', () => {
  test('are those that people fill in: neither numbered keys nor what the database computes', () => {
    expect(Object.keys(new HostForm().fields)).toEqual(['address', 'bytes', 'level', 'state', 'author', 'tags'])
  })

  test('an address is text, and its model says whether it is one', async () => {
    expect(field('address')).toBeInstanceOf(CharField)
    const data = { bytes: '1', level: '1', state: 'up' }
    const form = new HostForm({ data: { ...data, address: 'x' } })
    expect(await form.isValid()).toBe(false)
    expect(form.hasError('address', 'invalid')).toBe(true)
    const empty = new HostForm({ data })
    expect(await empty.isValid()).toBe(true)
    expect(empty.instance.address).toBeNull()
  })

  test('numbers keep to what their column holds', async () => {
    const form = new HostForm({ data: { bytes: '-1', level: '1', state: 'up' } })
    await form.isValid()
    expect(form.hasError('bytes', 'min_value')).toBe(true)
  })

  test('choices stand under their headings', async () => {
    const { choices } = field('level') as ChoiceField
    expect(choices).toEqual([
      ['', '---------'],
      ['Low', [[1, 'one']]],
      [9, 'nine'],
    ])
    const form = new HostForm({ data: { bytes: '1', level: '9', state: 'down' } })
    expect(await form.isValid()).toBe(true)
    expect([form.instance.level, form.instance.state]).toEqual([9, 'down'])
  })

  test('a form shows nothing for what the database is to give', () => {
    expect(String(new HostForm())).not.toContain('Symbol')
  })

  test('relations lead to the rows that they are limited to', async () => {
    const form = new HostForm()
    const names = async (rows: unknown) => (await (rows as PromiseLike<{ name: string }[]>)).map(({ name }) => name)
    const { author, tags } = form.fields as unknown as Record<string, { queryset: unknown }>
    expect(await names(author!.queryset)).toEqual(
      (await Author.objects.filter({ name__startswith: 'A' })).map(({ name }) => name),
    )
    expect(await names(tags!.queryset)).toEqual(['sf'])
  })
})
