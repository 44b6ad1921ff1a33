import { atomic, database } from '@nuages/orm'
import { assertNumQueries, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, describe, expect } from 'vitest'
import { ContentType, createContentTypes } from '../src/index.ts'
import { LongBook, Tag } from './project/models.ts'
import settings from './project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const { objects } = ContentType

describe('migrate', () => {
  test('makes a row for every model, and none for tables of pairs', async () => {
    const keys = (await objects.orderBy('appLabel', 'model')).map((row) => row.naturalKey().join('.'))
    expect(keys).toEqual(['contenttypes.contenttype', 'library.longbook', 'library.tag'])
    expect(await objects.using('other').count()).toBe(3)
  })

  test('makes what is missing, and leaves what is stale', async () => {
    await objects.filter({ model: 'tag' }).delete()
    await objects.create({ appLabel: 'gone', model: 'thing' })
    await createContentTypes()
    await assertNumQueries(2, () => createContentTypes())
    expect(await objects.count()).toBe(4)
  })

  test('does without the table', async () => {
    await database().script('DROP TABLE django_content_type')
    await createContentTypes()
  })
})

describe('getForModel', () => {
  test('finds the row of a model or of its rows, once', async () => {
    const first = await objects.getForModel(LongBook)
    expect(first.naturalKey()).toEqual(['library', 'longbook'])
    const book = await LongBook.objects.create({ title: 'x' })
    await assertNumQueries(0, async () => {
      expect(await objects.getForModel(book)).toBe(first)
      expect(await objects.getForId(first.id)).toBe(first)
      expect(await objects.getByNaturalKey('library', 'longbook')).toBe(first)
      expect(await objects.filter({ model: 'nothing' }).getForModel(LongBook)).toBe(first)
    })
  })

  // Each test has another database, in which the rows are numbered otherwise.
  for (const offset of [10, 20]) {
    test(`knows nothing of another database (${offset})`, async () => {
      await objects.filter({ model: 'tag' }).delete()
      await objects.create({ id: offset, appLabel: 'library', model: 'tag' })
      expect((await objects.getForModel(Tag)).id).toBe(offset)
      expect((await objects.getForModel(Tag, { using: 'other' })).id).not.toBe(offset)
    })
  }

  test('makes the row where there is none, and forgets it where that is rolled back', async () => {
    await objects.filter({ model: 'tag' }).delete()
    const made = await atomic(async () => {
      const row = await objects.getForModel(Tag)
      throw row
    }).catch((row: unknown) => row as ContentType)
    expect(made.model).toBe('tag')
    expect(await objects.filter({ model: 'tag' }).exists()).toBe(false)
    const again = await objects.getForModel(Tag)
    expect(await objects.filter({ id: again.id, model: 'tag' }).exists()).toBe(true)
  })

  test('is told when rows were deleted', async () => {
    const before = await objects.getForModel(Tag)
    await objects.filter({ model: 'tag' }).delete()
    expect(await objects.getForModel(Tag)).toBe(before)
    objects.clearCache()
    const after = await objects.getForModel(Tag)
    expect(await objects.filter({ id: after.id }).exists()).toBe(true)
  })
})

test('getForModels takes one query for all that are not known', async () => {
  await assertNumQueries(1, async () => {
    const found = await objects.getForModels([LongBook, Tag])
    expect([...found].map(([model, row]) => [model, row.model])).toEqual([
      [LongBook, 'longbook'],
      [Tag, 'tag'],
    ])
  })
  await assertNumQueries(0, () => objects.getForModels([Tag, LongBook]))
})

test('what is not there is not found', async () => {
  await expect(objects.getForId(12_345)).rejects.toThrow(ContentType.DoesNotExist)
  await expect(objects.getByNaturalKey('library', 'shelf')).rejects.toThrow(ContentType.DoesNotExist)
})

test('a row knows its model, while there is one', async () => {
  const book = await objects.getForModel(LongBook)
  expect(book.modelClass()).toBe(LongBook)
  expect([book.name, book.appLabeledName, String(book)]).toEqual([
    'long book',
    'Library | long book',
    'Library | long book',
  ])
  const gone = new ContentType({ appLabel: 'library', model: 'shelf' })
  expect([gone.modelClass(), gone.name, gone.appLabeledName]).toEqual([null, 'shelf', 'Library | shelf'])
  const elsewhere = new ContentType({ appLabel: 'gone', model: 'thing' })
  expect([elsewhere.modelClass(), String(elsewhere)]).toEqual([null, 'thing'])
})
