import { captureQueries } from '@nuages/orm'
import { createNunjucksEngine } from '@nuages/templates'
import { expect, test } from 'vitest'
import {
  CheckboxSelectMultiple,
  Form,
  type FormField,
  type ModelChoiceField,
  modelChoice,
  modelMultipleChoice,
  RadioSelect,
} from '../../src/index.ts'
import { Author, Post, Tag } from '../blog/models.ts'
import { useBlog } from '../blog/use-blog.ts'
import { messages, result } from './clean-result.ts'

useBlog()

const engine = createNunjucksEngine({ debug: true })
const queriesOf = async (fn: () => unknown) => (await captureQueries(async () => void (await fn()))).queries

async function fill() {
  const ada = await Author.objects.create({ name: 'Ada' })
  const bob = await Author.objects.create({ name: 'Bob <b>' })
  const old = await Author.objects.create({ name: 'Old', retired: true })
  const sf = await Tag.objects.create({ name: 'sf' })
  const fun = await Tag.objects.create({ name: 'fun' })
  return { ada, bob, old, sf, fun }
}

test('a row is found by its key among the rows of the queryset, in one query', async () => {
  const { ada, old } = await fill()
  const field = modelChoice({ queryset: Author.objects.active() })
  const queries = await queriesOf(async () => expect(await field.clean(String(ada.id))).toMatchObject({ name: 'Ada' }))
  expect(queries).toHaveLength(1)
  expect(await result(field, ada)).toMatchObject({ id: ada.id })
  expect(await result(field, ada.id)).toMatchObject({ id: ada.id })
  expect(await result(field, String(old.id))).toBe('! invalid_choice')
})

const noKeys: readonly unknown[] = [
  'x',
  '999',
  '1.5',
  ' ',
  '-1',
  '9'.repeat(30),
  '1e3',
  '0x1',
  '\0',
  {},
  true,
  { toString: 1 },
]

test.each(noKeys.map((raw) => [raw]))('no key of a row: %j', async (raw) => {
  await fill()
  expect(await result(modelChoice({ queryset: Author.objects }), raw)).toBe('! invalid_choice')
  expect(await result(modelMultipleChoice({ queryset: Author.objects }), [raw])).toMatch(
    /^! invalid_(?:choice|pk_value)$/,
  )
})

test('nothing is asked where nothing was chosen', async () => {
  const queries = await queriesOf(async () => {
    expect(await result(modelChoice({ queryset: Author.objects }), '')).toBe('! required')
    expect(await result(modelChoice({ queryset: Author.objects, required: false }), '')).toBe(null)
    expect(await result(modelMultipleChoice({ queryset: Tag.objects }), [])).toBe('! required')
    expect(await result(modelMultipleChoice({ queryset: Tag.objects, required: false }), undefined)).toEqual([])
  })
  expect(queries).toEqual([])
})

test('another field may stand in the page', async () => {
  const { ada } = await fill()
  const field = modelChoice({ queryset: Author.objects, toFieldName: 'name' })
  expect(await result(field, 'Ada')).toMatchObject({ id: ada.id })
  expect(await result(field, String(ada.id))).toBe('! invalid_choice')
  expect(field.prepareValue(ada)).toBe('Ada')
  const wrong = modelChoice({ queryset: Author.objects, toFieldName: 'nam' })
  await expect(result(wrong, 'Ada')).rejects.toThrow(
    "toFieldName names no field of Author: 'nam'. Did you mean 'name'?",
  )
})

test('the queryset may be a function, asked for each form', async () => {
  const { ada } = await fill()
  let asked = 0
  const field = modelChoice({
    queryset: () => {
      asked += 1
      return Author.objects.active()
    },
  })
  expect(asked).toBe(0)
  expect(await result(field, ada.id)).toMatchObject({ id: ada.id })
  expect(asked).toBe(1)
})

test('many rows are found in one query', async () => {
  const { sf, fun } = await fill()
  const field: FormField = modelMultipleChoice({ queryset: Tag.objects })
  const queries = await queriesOf(async () => {
    expect(await field.clean([String(sf.id), String(fun.id), String(sf.id)])).toMatchObject([
      { name: 'fun' },
      { name: 'sf' },
    ])
  })
  expect(queries).toHaveLength(1)
  expect(await result(field, [sf, fun])).toHaveLength(2)
  expect(await result(field, [String(sf.id), '999'])).toBe('! invalid_choice')
  expect(await messages(field, [String(sf.id), '999'])).toEqual(["'999' is none of the choices."])
  expect(await result(field, [String(sf.id), 'x'])).toBe('! invalid_pk_value')
  expect(await result(field, String(sf.id))).toBe('! invalid_list')
})

test('more keys than a statement takes are looked up in several', async () => {
  const { sf, fun } = await fill()
  const field = modelMultipleChoice({ queryset: Tag.objects })
  const keys = Array.from({ length: 40_000 }, (_, index) => String(sf.id + (index % 2) * (fun.id - sf.id)))
  expect(await result(field, keys)).toMatchObject([{ name: 'fun' }, { name: 'sf' }])
  const strangers = Array.from({ length: 40_000 }, (_, index) => String(1000 + index))
  expect(await result(field, strangers)).toBe('! invalid_choice')
})

test('a key may be written in another way, and the queryset may be a slice', async () => {
  const { ada, bob, sf } = await fill()
  expect(await result(modelMultipleChoice({ queryset: Tag.objects }), [`0${sf.id}`, String(sf.id)])).toMatchObject([
    { id: sf.id },
  ])
  const first = modelChoice({ queryset: Author.objects.all().slice(0, 1) })
  expect(await result(first, String(ada.id))).toMatchObject({ id: ada.id })
  expect(await result(first, String(bob.id))).toBe('! invalid_choice')
})

test('a change is told by keys', async () => {
  const { ada, sf, fun } = await fill()
  const one = modelChoice({ queryset: Author.objects })
  expect(one.hasChanged(ada, String(ada.id))).toBe(false)
  expect(one.hasChanged(ada.id, '999')).toBe(true)
  expect(one.hasChanged(null, '')).toBe(false)
  const many = modelMultipleChoice({ queryset: Tag.objects })
  expect(many.hasChanged([sf, fun], [String(fun.id), String(sf.id)])).toBe(false)
  expect(many.hasChanged([sf], [String(fun.id)])).toBe(true)
  expect(many.hasChanged(null, [])).toBe(false)
})

class PostForm extends Form({
  author: modelChoice({ queryset: Author.objects.active(), labelFromInstance: (author) => author.name }),
  editor: modelChoice({ queryset: Author.objects, required: false, widget: RadioSelect, emptyLabel: 'Nobody' }),
  tags: modelMultipleChoice({ queryset: Tag.objects, required: false }),
  others: modelMultipleChoice({ queryset: Tag.objects.all(), required: false, widget: CheckboxSelectMultiple }),
}) {}

test('a page asks for the options of a field once, however many there are', async () => {
  const { ada, sf } = await fill()
  const form = new PostForm({ initial: { author: ada, tags: [sf.id] } })
  let html = ''
  const queries = await queriesOf(async () => {
    html = await engine.renderString('{{ form }}{{ form.author }}{{ form.tags }}', { form })
  })
  expect(queries).toHaveLength(4)
  expect(html).toContain(`<option value="${ada.id}" selected>Ada</option>`)
  expect(html).toContain('Bob &lt;b&gt;')
  expect(html).not.toContain('<b>')
  expect(html).toContain(`<option value="${sf.id}" selected>sf</option>`)
  expect(html).toContain('> Nobody</label>')
  expect(html).not.toContain('Old</option>')
  expect(await engine.renderString('{{ form }}', { form })).toContain('Ada')
})

test('each form sees the rows of its time', async () => {
  await fill()
  const before = await engine.renderString('{{ form.tags }}', { form: new PostForm() })
  await Tag.objects.create({ name: 'new' })
  expect(before).not.toContain('new')
  expect(await engine.renderString('{{ form.tags }}', { form: new PostForm() })).toContain('new')
})

test('an initial value may have to be loaded: rows of a relation', async () => {
  const { ada, sf, fun } = await fill()
  const post = await Post.objects.create({ title: 'One', slug: 'one', body: '', author: ada })
  await post.tags.add(sf)
  const form = new PostForm({
    data: { author: String(ada.id), tags: [String(sf.id)] },
    initial: { author: ada, tags: post.tags },
  })
  expect(await form.changedData).toEqual([])
  const other = new PostForm({ data: { tags: [String(fun.id)] }, initial: { tags: post.tags.all() } })
  expect(await other.changedData).toEqual(['tags'])
  const html = await engine.renderString('{{ form.tags }}{{ form.tags.asHidden() }}', {
    form: new PostForm({ initial: { tags: post.tags.all() } }),
  })
  expect(html).toContain(`<option value="${sf.id}" selected>`)
  expect(html).toContain(`<option value="${fun.id}">`)
  expect(html).toContain(`<input type="hidden" name="tags" value="${sf.id}" id="id_tags_0">`)
})

test('the rows to choose from may be changed on one form', async () => {
  const { ada, bob } = await fill()
  const form = new PostForm({ data: { author: String(bob.id) } })
  const field = form.fields.author as unknown as ModelChoiceField
  field.queryset = Author.objects.filter({ id: ada.id })
  expect(await form.isValid()).toBe(false)
  expect(form.hasError('author', 'invalid_choice')).toBe(true)
  expect(await new PostForm({ data: { author: String(bob.id) } }).isValid()).toBe(true)
})

test('a choice of nothing is not offered where there is a choice already and one is needed', async () => {
  const { ada } = await fill()
  const html = async (field: FormField) => {
    const OneForm = Form({ author: field })
    return engine.renderString('{{ form.author }}', { form: new OneForm() })
  }
  expect(await html(modelChoice({ queryset: Author.objects }))).toContain(
    '<option value="" selected>---------</option>',
  )
  expect(await html(modelChoice({ queryset: Author.objects }))).toContain(' required')
  expect(await html(modelChoice({ queryset: Author.objects, initial: ada }))).not.toContain('value=""')
  expect(await html(modelChoice({ queryset: Author.objects, emptyLabel: null }))).not.toContain(' required')
})
