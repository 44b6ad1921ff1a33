import { expect, test } from 'vitest'
import { serialize } from '../../src/serialization/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { Article, Author, Everything, Shelf, Summary, schema, Tag } from './models.ts'

useTemporaryDatabase(schema)

test('rows as Django writes them: names in snake_case, relations by key, the key beside the fields', async () => {
  const author = await Author.objects.create({
    firstName: 'Ursula',
    lastName: 'Le Guin',
    born: Temporal.PlainDate.from('1929-10-21'),
  })
  const tag = await Tag.objects.create({ name: 'sf' })
  const article = await Article.objects.create({
    slug: 'one',
    author,
    publishedAt: Temporal.Instant.from('2026-11-30T14:30:00.123456Z'),
  })
  await article.tags.add(tag)
  expect(JSON.parse(await serialize('json', Article.objects.all()))).toEqual([
    {
      model: 'library.article',
      pk: 1,
      fields: { slug: 'one', published_at: '2026-11-30T14:30:00.123456Z', author: 1, tags: [1] },
    },
  ])
  expect(await serialize('jsonl', [author, tag])).toBe(
    '{"model":"library.author","pk":1,"fields":{"first_name":"Ursula","last_name":"Le Guin","born":"1929-10-21","favourite":null}}\n' +
      '{"model":"library.tag","pk":1,"fields":{"name":"sf","parent":null,"related":[]}}\n',
  )
})

test('no rows are an empty list, or nothing', async () => {
  expect(await serialize('json', Tag.objects.all())).toBe('[]\n')
  expect(await serialize('jsonl', Tag.objects.all())).toBe('')
})

test('every kind of value', async () => {
  const row = await Everything.objects.create({
    code: '1b4e28ba-2fa1-11d2-883f-0016d3cca427',
    truth: true,
    text: 'é "quoted"\nline 中',
    big: 9_223_372_036_854_775_807n,
    whole: 21,
    float: 0.1,
    price: '12.5' as never,
    day: Temporal.PlainDate.from('0044-03-15'),
    clock: Temporal.PlainTime.from('09:05:00.000250'),
    momentAt: Temporal.Instant.from('2026-11-30T14:30:00.25Z'),
    length: Temporal.Duration.from({ days: -1, seconds: -1 }),
    document: { a: [1, null, { b: 'c' }] },
    bytes: new Uint8Array([0, 255, 16]),
    address: '::1',
    cover: 'covers/a.png' as never,
  })
  await row.refreshFromDb()
  const text = await serialize('json', [row])
  expect(text).toContain('"big":9223372036854775807')
  expect(JSON.parse(text)[0]).toMatchObject({
    model: 'library.everything',
    pk: '1b4e28ba-2fa1-11d2-883f-0016d3cca427',
    fields: {
      truth: true,
      char: null,
      text: 'é "quoted"\nline 中',
      float: 0.1,
      price: '12.5000',
      day: '0044-03-15',
      clock: '09:05:00.000250',
      moment_at: '2026-11-30T14:30:00.250Z',
      length: '-2 23:59:59',
      document: { a: [1, null, { b: 'c' }] },
      bytes: 'AP8Q',
      address: '::1',
      cover: 'covers/a.png',
      renamed_column: 'x',
    },
  })
  expect(text).not.toContain('twice')
})

test('a key of several columns is a list, a key that is a relation is its key', async () => {
  await Shelf.objects.create({ room: 'A', number: 3 })
  expect(JSON.parse(await serialize('json', Shelf.objects.all()))).toEqual([
    { model: 'library.shelf', pk: ['A', 3], fields: { room: 'A', number: 3, label: 'no label', changes: 1 } },
  ])
  const author = await Author.objects.create({ firstName: 'a', lastName: 'b' })
  const article = await Article.objects.create({ slug: 'one', author })
  await Summary.objects.create({ article, body: 'short' })
  expect(JSON.parse(await serialize('json', Summary.objects.all()))).toEqual([
    { model: 'library.summary', pk: article.id, fields: { body: 'short' } },
  ])
})

test('natural keys, asked for a chunk of rows at a time', async () => {
  const author = await Author.objects.create({ firstName: 'a', lastName: 'b' })
  const tags = [await Tag.objects.create({ name: 'x' }), await Tag.objects.create({ name: 'y' })]
  for (const name of ['one', 'two']) {
    const article = await Article.objects.create({ slug: name, author })
    await article.tags.set(tags)
  }
  const options = { useNaturalForeignKeys: true, useNaturalPrimaryKeys: true }
  const written = JSON.parse(await serialize('json', Article.objects.orderBy('id'), options))
  expect(written).toEqual(
    ['one', 'two'].map((name) => ({
      model: 'library.article',
      fields: { slug: name, published_at: null, author: ['a', 'b'], tags: [['x'], ['y']] },
    })),
  )
})

test('chosen fields, and indentation', async () => {
  await Tag.objects.create({ name: 'x' })
  expect(await serialize('json', Tag.objects.all(), { fields: ['name'], indent: 2 })).toBe(
    '[\n{\n  "model": "library.tag",\n  "pk": 1,\n  "fields": {\n    "name": "x"\n  }\n}\n]\n',
  )
})
