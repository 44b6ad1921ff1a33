import { beforeEach, expect, test } from 'vitest'
import { Concat, captureQueries, char, database, Model, manager, registerModels, text, Value } from '../../src/index.ts'
import { modelTable } from '../../src/migrations/state/model-tables.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'

class Page extends Model(
  { title: char({ maxLength: 100 }), body: text({ null: true }), plain: text() },
  { ordering: ['id'], indexes: [{ fields: ['title', 'body'], using: 'search', name: 'page_words' }] },
) {
  static objects = manager(Page)
}

const metas = registerModels('search_tests', { Page })

useTemporaryDatabase()

beforeEach(async () => {
  await database().alterSchema(async (editor) => {
    for (const meta of metas) await editor.createTable(modelTable(meta, vendor))
  })
  const pages: readonly (readonly [title: string, body: string | null])[] = [
    ['Cheese on toast', 'Grate the CHEESE, then toast it.'],
    ['Toast', null],
    ['Käse', 'Der Käse reift im Keller.'],
    ["Rock 'n' roll", 'a "quoted" word AND others'],
    ['cheesecake', 'no dairy; 3 eggs'],
  ]
  for (const [title, body] of pages) await Page.objects.create({ title, body, plain: `${title} ${body ?? ''}` })
})

const titles = async (conditions: object): Promise<string> =>
  (await Page.objects.filter(conditions as never)).map(({ title }) => title).join(', ')

test.each(['body', 'plain'])('words are found in any order and in capitals or not: %s', async (field) => {
  const found = (words: string) => titles({ [`${field}__search`]: words })
  expect(await found('toast cheese')).toBe('Cheese on toast')
  expect(await found('KÄSE')).toBe('Käse')
  expect(await found('kase')).toBe('')
  expect(await found('chees')).toBe('')
  expect(await found('quoted and')).toBe("Rock 'n' roll")
  expect(await found('eggs NOT dairy')).toBe('')
  expect(await found('"quoted"')).toBe("Rock 'n' roll")
  expect(await found('word* OR x:y)')).toBe('')
  expect(await found('3')).toBe('cheesecake')
  expect(await found('')).toBe('')
  expect(await found(' -- " ')).toBe('')
})

test('the index of words answers, and keeps up with the rows', async () => {
  const search = Page.objects.filter({ body__search: 'toast' })
  const { queries } = await captureQueries(async () => search.all())
  if (vendor === 'sqlite') expect(queries[0]!.sql).toContain('MATCH')
  const [first] = await search
  first!.body = 'Bread alone.'
  await first!.save()
  expect(await titles({ body__search: 'toast' })).toBe('')
  expect(await titles({ body__search: 'bread' })).toBe('Cheese on toast')
  await first!.delete()
  expect(await titles({ body__search: 'bread' })).toBe('')
  await Page.objects.filter({ title: 'Toast' }).update({ body: 'with butter' })
  expect(await titles({ body__search: 'butter', title__search: 'toast' })).toBe('Toast')
  expect((await Page.objects.exclude({ body__search: 'butter' })).length).toBe(3)
})

test('what is computed is searched without an index', async () => {
  const pages = Page.objects.annotate({ all: Concat('title', Value(' '), 'body') })
  expect((await pages.filter({ all__search: 'toast grate' } as never)).map(({ title }) => title)).toEqual([
    'Cheese on toast',
  ])
})

test('a table with an index of words is renamed, rebuilt, read back and dropped', async () => {
  const before = modelTable(Page.meta, vendor)
  const after = { ...before, name: 'search_tests_leaf' }
  const wide = {
    ...after,
    columns: after.columns.map((column) => (column.name === 'plain' ? { ...column, null: true } : column)),
  }
  await database().alterSchema(async (editor) => {
    await editor.alterTable(before, after)
    await editor.alterTable(after, wide)
  })
  const [table, ...others] = await database().introspect()
  expect(others).toEqual([])
  expect(table!.indexes.find(({ name }) => name === 'page_words')).toMatchObject({
    using: vendor === 'sqlite' ? 'search' : 'gin',
  })
  if (vendor === 'sqlite') {
    await database().script("INSERT INTO search_tests_leaf (title, body) VALUES ('new', 'words')")
    const found = await database().all(
      { sql: "SELECT rowid FROM page_words WHERE page_words MATCH 'words OR toast'" },
      [],
    )
    expect(found.length).toBe(3)
  }
  const without = { ...wide, indexes: [] }
  await database().alterSchema((editor) => editor.alterTable(wide, without))
  expect((await database().introspect())[0]!.indexes).toEqual([])
  await database().alterSchema((editor) => editor.alterTable(without, wide))
  await database().alterSchema((editor) => editor.dropTable(wide))
  expect(await database().tableNames()).toEqual([])
})

test('words are text', () => {
  expect(() => Page.objects.filter({ body__search: 3 } as never)).toThrow("words (lookup 'search')")
})
