import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { database, postSave, preSave } from '../../src/index.ts'
import { type DeserializationError, type Fixture, loadFixtures } from '../../src/serialization/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { Article, Author, Everything, Shelf, Summary, schema, Tag } from './models.ts'

useTemporaryDatabase(schema)

/** A fixture of these objects, or of a text. */
function fixture(content: readonly object[] | string, name = 'rows.json'): Fixture {
  const format = name.endsWith('jsonl') ? 'jsonl' : 'json'
  return { name, format, open: () => (typeof content === 'string' ? content : JSON.stringify(content)) }
}

const load = (...objects: object[]) => loadFixtures([fixture(objects)])

async function errorOf(work: Promise<unknown>): Promise<DeserializationError> {
  return work.then(
    () => expect.unreachable('it was loaded'),
    (error) => error,
  )
}

const author = (pk: number, fields: object = {}) => ({
  model: 'library.author',
  pk,
  fields: { first_name: `a${pk}`, last_name: 'b', ...fields },
})
const tag = (pk: number, fields: object = {}) => ({ model: 'library.tag', pk, fields: { name: `t${pk}`, ...fields } })

test('rows with their keys, relations in any order, and what is left out has its default', async () => {
  const count = await load(
    { model: 'library.summary', pk: 5, fields: { body: 'short' } },
    { model: 'library.article', pk: 5, fields: { slug: 's', author: 1, tags: [2, 1], published_at: null } },
    author(1, { favourite: 5 }),
    tag(1),
    tag(2, { parent: 1 }),
    { model: 'library.shelf', pk: ['A', 1], fields: {} },
    { model: 'library.shelf', fields: { room: 'A', number: 2, changes: 7 } },
  )
  expect(count).toBe(7)
  const article = await Article.objects.selectRelated('author').get({ id: 5 })
  expect(article).toMatchObject({ slug: 's', publishedAt: null })
  expect(article.author).toMatchObject({ id: 1, favouriteId: 5 })
  expect((await article.tags.all()).map(({ id }) => id)).toEqual([1, 2])
  expect(await Summary.objects.get()).toMatchObject({ articleId: 5, body: 'short' })
  expect((await Shelf.objects.orderBy('number')).map(({ label, changes }) => [label, changes])).toEqual([
    ['no label', 1],
    ['no label', 7],
  ])
})

test('names of either kind, and numbers the database gives go on behind the keys that were loaded', async () => {
  await load({ model: 'Library.Author', pk: 40, fields: { firstName: 'x', lastName: 'y' } })
  await load({ model: 'library.article', pk: 7, fields: { slug: 's', authorId: 40 } })
  await load({ model: 'library.article', pk: 9, fields: { slug: 's', author_id: 40 } })
  expect((await Author.objects.create({ firstName: 'n', lastName: 'n' })).id).toBe(41)
  expect((await Article.objects.create({ slug: 'n', authorId: 40 })).id).toBe(10)
  // Numbers that are given already are not given again where lesser ones are loaded.
  await load(author(3))
  expect((await Author.objects.create({ firstName: 'm', lastName: 'm' })).id).toBeGreaterThan(41)
})

test('a row that is there is written over, with all of its fields; its relations are those that the file names', async () => {
  await load(author(1, { born: '2000-01-01' }), tag(1), tag(2), tag(3))
  await load({ model: 'library.article', pk: 1, fields: { slug: 'old', author: 1, tags: [1, 2] } })
  await load({ model: 'library.article', pk: 1, fields: { slug: 'new', author: 1, tags: [2, 3] } }, author(1))
  expect(await Author.objects.get()).toMatchObject({ firstName: 'a1', born: null })
  const article = await Article.objects.get()
  expect(article.slug).toBe('new')
  expect((await article.tags.all()).map(({ id }) => id)).toEqual([2, 3])
  await load({ model: 'library.article', pk: 1, fields: { slug: 'same relations', author: 1 } })
  expect(await article.tags.count()).toBe(2)
})

test('the same row twice: the last one counts', async () => {
  await load(tag(1, { name: 'first' }), tag(2), tag(1, { name: 'last' }))
  expect((await Tag.objects.orderBy('id')).map(({ name }) => name)).toEqual(['last', 't2'])
})

test('values in the forms of Django and in those of ISO 8601', async () => {
  await load({
    model: 'library.everything',
    pk: '1B4E28BA2FA111D2883F0016D3CCA427',
    fields: {
      text: 'x',
      truth: 'True',
      big: '9223372036854775807',
      price: 12.5,
      moment_at: '2026-11-30 14:30:00.5+02:00',
      stamped_at: '2001-02-03T04:05:06Z',
      length: 'P1DT2H',
      bytes: 'AP8Q',
      clock: '09:05',
      cover: 'covers/a.png',
      twice: 999,
      whole: 4,
    },
  })
  const row = await Everything.objects.get()
  expect(row).toMatchObject({ truth: true, big: 9_223_372_036_854_775_807n, twice: 8 })
  expect(String(row.price)).toBe('12.5')
  expect(String(row.momentAt)).toBe('2026-11-30T12:30:00.5Z')
  // A field that sets itself does not: the row is as the file says.
  expect(String(row.stampedAt)).toBe('2001-02-03T04:05:06Z')
  expect(String(row.length)).toBe('P1DT2H')
  expect(row.cover?.name).toBe('covers/a.png')
})

test('numbers beyond those of JavaScript keep their digits, in columns and in documents', async () => {
  const fields = `{"text": "", "stamped_at": "2001-02-03T04:05:06Z", "big": -9223372036854775808, "price": 1234567890.1234, "document": {"n": 12345678901234567890}}`
  const pk = '1b4e28ba-2fa1-11d2-883f-0016d3cca427'
  await loadFixtures([fixture(`[{"model": "library.everything", "pk": "${pk}", "fields": ${fields}}]`)])
  const [[big, document] = []] = await database().all(
    { sql: 'SELECT big, document FROM library_everything', bigints: true },
    [],
  )
  expect(big).toBe(-9_223_372_036_854_775_808n)
  expect(document).toContain('12345678901234567890')
})

describe('natural keys', () => {
  const article = (fields: object) => ({ model: 'library.article', fields: { slug: 's', ...fields } })
  const named = (name: string, fields: object = {}) => ({ model: 'library.tag', fields: { name, ...fields } })
  const byName = { model: 'library.author', fields: { first_name: 'a', last_name: 'b' } }

  test('name rows, and find the row that is there already', async () => {
    await Author.objects.create({ firstName: 'other', lastName: 'one' })
    await load(byName, named('x'), article({ author: ['a', 'b'], tags: [['x']] }))
    await load(
      { ...byName, fields: { ...byName.fields, born: '1929-10-21' } },
      article({ author: ['a', 'b'], tags: [] }),
    )
    expect(await Author.objects.count()).toBe(2)
    expect(String((await Author.objects.get({ firstName: 'a' })).born)).toBe('1929-10-21')
    expect(await Article.objects.count()).toBe(1)
    expect(await (await Article.objects.get()).tags.count()).toBe(0)
  })

  test('of rows that come later, of the own model too, and of rows that need each other', async () => {
    await load(
      article({ author: ['a', 'b'], tags: [['y'], ['x']] }),
      named('x', { parent: ['y'] }),
      named('y', { related: [['z']] }),
      { ...byName, fields: { ...byName.fields, favourite: ['s', 'a', 'b'] } },
      named('z'),
    )
    const [one] = await Article.objects.all()
    expect((await one!.author).favouriteId).toBe(one!.id)
    expect(await one!.tags.count()).toBe(2)
    expect(await Tag.objects.get({ name: 'x' }).then((row) => row.parent)).toMatchObject({ name: 'y' })
    expect(await (await Tag.objects.get({ name: 'z' })).related.count()).toBe(1)
  })

  test('a key twice in a file is one row', async () => {
    await load(named('x'), named('y'), named('x'))
    expect(await Tag.objects.count()).toBe(2)
  })

  test('one that names nothing tells which', async () => {
    const error = await errorOf(load(article({ author: ['no', 'body'] })))
    expect(error.message).toBe(
      `rows.json, line 1, object 1 (library.Article): field 'author' names library.Author by the natural key ["no","body"], and there is no such row.`,
    )
  })
})

describe('what goes wrong loads nothing, and tells where', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['', 'rows.json', 'rows.json is empty: without rows it would be [].'],
    ['', 'rows.jsonl', 'rows.jsonl is empty: it has no rows.'],
    [
      '{"model": "library.tag"}',
      'rows.json',
      `rows.json, line 1, is no list of objects: it begins with '{"model": "library.t…'.`,
    ],
    [
      '[{"model": "library.tag", "fields": {"name": "x"',
      'rows.json',
      'rows.json ends within object 1, of line 1, before its list does: it was cut off.',
    ],
    [
      '[{"model": "library.tag", "pk": 1, "fields": {"name": "x"}},\n',
      'rows.json',
      'rows.json ends on line 2 before its list does: it was cut off.',
    ],
    [
      '[{"model": "library.tag",\n "pk": oops}]',
      'rows.json',
      "rows.json, line 2, object 1: no valid JSON: Unexpected token 'o'.",
    ],
    ['[{} {}]', 'rows.json', `rows.json, line 1, has no comma after object 1, but '{}]'.`],
    ['[] []', 'rows.json', `rows.json, line 1, goes on after its list, with '[]'.`],
    ['[\n1]', 'rows.json', `rows.json, line 2, object 1: '1' is no object {"model": …, "pk": …, "fields": {…}}.`],
    ['\n{"model": "library.tag"\n', 'rows.jsonl', 'rows.jsonl, line 2, object 1: no valid JSON'],
    ['[{"modle": "library.tag"}]', 'rows.json', `the object does not say its "model". Did you mean 'modle'?`],
    [
      '[{"model": "library.tgg"}]',
      'rows.json',
      `rows.json, line 1, object 1: No model 'library.tgg' is registered. Did you mean 'library.Tag'?`,
    ],
    [
      '[{"model": "library.tag", "pk": 1, "fields": {"nmae": "x"}}]',
      'rows.json',
      `(library.Tag, pk 1): Tag has no field 'nmae'. Did you mean 'name'?`,
    ],
    [
      '[{"model": "library.author", "pk": 3, "fields": {"born": "soon"}}]',
      'rows.json',
      `(library.Author, pk 3): Field 'born' expected a date such as 2026-11-30, got 'soon'.`,
    ],
    [
      '[{"model": "library.tag", "pk": "x", "fields": {}}]',
      'rows.json',
      `(library.Tag, pk "x"): Field 'id' expected an integer, got 'x'.`,
    ],
    [
      '[{"model": "library.tag", "pk": 3, "fields": {"name": null}}]',
      'rows.json',
      `(library.Tag, pk 3): Field 'name' expected a value, since it may not be null, got null.`,
    ],
    [
      '[{"model": "library.summary", "pk": 3, "fields": {"article": [1]}}]',
      'rows.json',
      'a natural key cannot be looked for',
    ],
    [
      '[{"model": "library.article", "pk": 3, "fields": {"tags": 1}}]',
      'rows.json',
      `Field 'tags' expected a list of keys, got 1.`,
    ],
  ]

  test.for(cases)('%s', async ([text, name, message]) => {
    const good = fixture([tag(1)], 'good.json')
    const error = await errorOf(loadFixtures([good, fixture(text, name)]))
    expect(error).toMatchObject({ code: 'deserialization-error', message: expect.stringContaining(message) })
    expect(await Tag.objects.count()).toBe(0)
  })

  test('bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('[{"model": "library.tag"}, "é'), Buffer.from([0xff]), Buffer.from('"]')])
    const one: Fixture = { name: 'rows.json', format: 'json', open: () => [bytes] }
    expect((await errorOf(loadFixtures([one]))).message).toBe('rows.json is no UTF-8: the byte at 30 is none of its.')
    const utf16: Fixture = { name: 'rows.json', format: 'json', open: () => [Buffer.from('\ufeff[]', 'utf16le')] }
    expect((await errorOf(loadFixtures([utf16]))).message).toBe('rows.json is no UTF-8: it is UTF-16.')
  })

  test('a row that the database does not take, of many', async () => {
    const rows = Array.from({ length: 700 }, (_, at) => tag(at + 1))
    const error = await errorOf(load(...rows, tag(800, { name: 't650' })))
    expect(error).toMatchObject({ place: { number: 701 }, model: 'library.Tag', pk: 800 })
    expect(error.message).toMatch(/^rows\.json, line 1, object 701 \(library\.Tag, pk 800\): .*name/)
    expect(await Tag.objects.count()).toBe(0)
  })

  test('a key that leads nowhere', async () => {
    const text = JSON.stringify(
      [author(1), { model: 'library.article', pk: 5, fields: { slug: 's', author: 99 } }],
      null,
      1,
    )
    const error = await errorOf(loadFixtures([fixture(text)]))
    expect(error.message).toBe(
      "rows.json, line 10, object 2 (library.Article, pk 5): field 'author' names library.Author 99, and there is no such row.",
    )
    const pairs = await errorOf(
      load(author(1), { model: 'library.article', pk: 5, fields: { slug: 's', author: 1, tags: [9] } }),
    )
    expect(pairs.message).toBe("library_article_tags: 'tag_id' names library.Tag 9, and there is no such row.")
    expect(await Author.objects.count()).toBe(0)
  })
})

test('what there is not is passed over where that is asked for', async () => {
  const objects = [{ model: 'gone.thing', pk: 1, fields: {} }, tag(1, { colour: 'red' })]
  expect(await loadFixtures([fixture(objects)], { ignoreNonExistent: true })).toBe(1)
  expect(await loadFixtures([fixture([tag(1), author(1)])], { exclude: [Tag] })).toBe(1)
})

test('receivers are told that the row is taken as it is, and whether it is new', async () => {
  const told: unknown[] = []
  const before = vi.fn()
  onTestFinished(preSave.connect(before, { sender: Tag }))
  onTestFinished(
    postSave.connect(({ instance, raw, created, using }) => void told.push([instance.name, raw, created, using]), {
      sender: Tag,
    }),
  )
  await Tag.objects.bulkCreate([new Tag({ id: 1, name: 'there' })])
  await load(tag(1), { model: 'library.tag', fields: { name: 'new' } })
  expect(before).toHaveBeenCalledTimes(2)
  expect(told).toEqual([
    ['t1', true, false, 'default'],
    ['new', true, true, 'default'],
  ])
})
