import { templateEngine } from '@nuages/core'
import { captureQueries } from '@nuages/orm'
import { describe, expect } from 'vitest'
import { AutocompleteInput } from '../src/autocomplete/autocomplete-input.ts'
import { Author, Contract, Kind, Tag } from './project/blog/models.ts'
import { member, staff, superuser, test, visitor } from './site.ts'

const url = '/admin/autocomplete/?app=blog&model=post&field=author'

async function authors(count: number): Promise<void> {
  for (let number = 1; number <= count; number++)
    await Author.objects.create({ name: `Author ${String(number).padStart(2, '0')}` })
}

interface Answer {
  readonly results: readonly { readonly id: string; readonly text: string }[]
  readonly pagination: { readonly more: boolean }
}

describe('autocomplete', () => {
  test('gives rows that match, in pages', async () => {
    const client = await superuser()
    await authors(25)
    const get = async (query: string) => (await client.get(url + query)).json() as Answer
    const first = await get('')
    expect([first.results.length, first.results[0], first.pagination]).toEqual([
      20,
      { id: '1', text: 'Author 01' },
      { more: true },
    ])
    const second = await get('&page=2')
    expect([second.results.length, second.pagination.more]).toEqual([5, false])
    expect((await get('&term=13')).results).toEqual([{ id: '13', text: 'Author 13' }])
    expect((await get('&term=zz')).results).toEqual([])
    for (const query of ['&page=x', '&page=-1', '&page=99999999999', `&term=${'x'.repeat(500)}`]) {
      expect((await client.get(url + query)).status).toBe(200)
    }
  })

  test('searches short texts where the other admin names none', async () => {
    const client = await superuser()
    for (const name of ['red', 'green', 'secret']) await Tag.objects.create({ name })
    const tags = '/admin/autocomplete/?app=blog&model=post&field=tags'
    expect(((await client.get(`${tags}&term=RE`)).json() as Answer).results.map(({ text }) => text)).toEqual([
      'green',
      'red',
    ])
  })

  test('is for those who may see the rows, and says so in JSON', async () => {
    await authors(1)
    const answer = async (client: Awaited<ReturnType<typeof member>>) => {
      const response = await client.get(url)
      return [response.status, Object.keys(response.json() as object)]
    }
    expect(await answer(visitor())).toEqual([403, ['error']])
    expect(await answer(await member())).toEqual([403, ['error']])
    expect(await answer(await staff('blog.change_post'))).toEqual([403, ['error']])
    expect(await answer(await superuser())).toEqual([200, ['results', 'pagination']])
  })

  test('of a model without an admin is for those who fill in the form', async () => {
    const permissions = '/admin/autocomplete/?app=auth&model=group&field=permissions&term=add_post'
    expect((await (await superuser()).get(permissions)).json()).toMatchObject({
      results: [{ text: expect.stringContaining('post') }],
    })
    expect((await (await staff('blog.view_post')).get(permissions)).status).toBe(403)
  })

  test('and for no relation that no form has', async () => {
    const client = await superuser()
    // Notes have no admin, and stand in no form but their own.
    const notes = '/admin/autocomplete/?app=blog&model=post&field=notes'
    expect((await client.get(notes)).status).toBe(403)
  })

  test('in an inline it is for those who see the inline', async () => {
    await Kind.objects.create({ name: 'joke' })
    const kinds = '/admin/autocomplete/?app=blog&model=note&field=kind'
    expect(((await (await superuser()).get(kinds)).json() as Answer).results).toEqual([{ id: '1', text: 'joke' }])
    expect((await (await staff('blog.view_post')).get(kinds)).status).toBe(403)
  })

  test('a widget keeps a key as it is, commas and all', async () => {
    const init = { target: Contract.meta, url: '/x', lookupUrl: null }
    await Contract.objects.create({ number: 'a, b', author: await Author.objects.create({ name: 'Ann' }) })
    const widget = new AutocompleteInput({ ...init, multiple: false }).render('contract', 'a, b')
    const one = await templateEngine().renderString('{{ widget }}', { widget })
    expect(one).toContain('value="a, b"')
  })

  test.for([
    '',
    '?app=blog',
    '?app=blog&model=post&field=title',
    '?app=blog&model=nope&field=x',
    '?app=nope&model=post&field=author',
    '?app=blog&model=post&field=__proto__',
  ])('what is no relation is not there: %s', async (query) => {
    expect((await (await superuser()).get(`/admin/autocomplete/${query}`)).status).toBe(404)
  })

  test('widgets of one page ask for what they show in one query', async () => {
    await authors(3)
    const widget = new AutocompleteInput({ target: Author.meta, multiple: false, url: '/x', lookupUrl: null })
    const widgets = ['1', '2', '3', '99', 'x', ''].map((key) => widget.render('author', key))
    const { result, queries } = await captureQueries(() =>
      templateEngine().renderString('{% for widget in widgets %}{{ widget }}{% endfor %}', { widgets }),
    )
    expect(queries).toHaveLength(1)
    for (const name of ['Author 01', 'Author 02', 'Author 03']) expect(result).toContain(name)
  })
})
