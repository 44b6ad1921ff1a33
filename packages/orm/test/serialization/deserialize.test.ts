import { describe, expect, test } from 'vitest'
import { createRegistry, Model, type RuntimeModel, registerModels } from '../../src/index.ts'
import { deserialize, type SerializationFormat, serialize, sortDependencies } from '../../src/serialization/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { Article, Author, metas, schema, Tag } from './models.ts'

useTemporaryDatabase(schema)

describe('deserialize', () => {
  const text = JSON.stringify([
    { model: 'library.author', pk: 3, fields: { first_name: 'a', last_name: 'b', favourite: ['s', 'a', 'b'] } },
    { model: 'library.article', pk: 5, fields: { slug: 's', author: 3, tags: [] } },
  ])

  test('gives rows one by one, saved when the caller says so', async () => {
    const places: number[] = []
    const waiting: { saveDeferredFields(): Promise<void> }[] = []
    for await (const row of deserialize('json', text, { handleForwardReferences: true, source: 'rows.json' })) {
      places.push(row.place.number)
      if (row.object instanceof Author) expect(row.object.firstName).toBe('a')
      if (row.object instanceof Article) expect([...row.m2mData]).toEqual([['tags', []]])
      if (row.deferredFields.size > 0) {
        expect(row.deferredFields.get('favourite')).toEqual(['s', 'a', 'b'])
        waiting.push(row)
      }
      await row.save()
    }
    expect(places).toEqual([1, 2])
    expect(await Author.objects.get()).toMatchObject({ id: 3, favouriteId: null })
    for (const row of waiting) await row.saveDeferredFields()
    expect(await Author.objects.get()).toMatchObject({ favouriteId: 5 })
  })

  test('refuses a natural key of a row that is not there, unless told', async () => {
    await expect(Array.fromAsync(deserialize('json', text))).rejects.toThrow(
      `line 1, object 1 (library.Author, pk 3): field 'favourite' names library.Article by the natural key ["s","a","b"], and there is no such row.`,
    )
  })

  test('reads pieces that break in the middle of a letter or a number', async () => {
    const name = 'é中🎈 \\" [{]}'
    const bytes = Buffer.from(await serialize('json', [new Tag({ id: 12_345, name })], { fields: ['name'], indent: 1 }))
    const pieces = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))
    const [row] = await Array.fromAsync(deserialize('json', pieces))
    expect(row!.object).toMatchObject({ id: 12_345, name })
  })

  test('there are two formats', async () => {
    await expect(Array.fromAsync(deserialize('jsno' as SerializationFormat, '[]'))).rejects.toThrow(
      "There is no format 'jsno'. Did you mean 'json'? Formats: json, jsonl.",
    )
  })
})

describe('sortDependencies', () => {
  const names = (models: readonly RuntimeModel[]) => models.map(({ meta }) => meta.name)
  const model = (name: string) => metas.find((meta) => meta.name === name)!.model

  test('puts models behind those whose natural keys they name', () => {
    const sorted = names(sortDependencies([model('Summary'), model('Article'), model('Tag')]))
    expect(sorted).toEqual(['Tag', 'Article', 'Summary'])
  })

  test('names those that need each other', () => {
    const models = [model('Article'), model('Author')]
    expect(() => sortDependencies(models)).toThrow(
      'The natural keys of library.article, library.author need each other, so that no order lets all of them be read.',
    )
    expect(names(sortDependencies(models, { allowCycles: true }))).toEqual(['Article', 'Author'])
  })

  test('a natural key that is no list is told', async () => {
    class Odd extends Model({}) {
      naturalKey(): string {
        return 'x'
      }
    }
    registerModels('odd', { Odd }, createRegistry())
    const { naturalKeyOf } = await import('../../src/serialization/natural-key.ts')
    await expect(naturalKeyOf(new Odd())).rejects.toThrow(
      'Odd.naturalKey() gave x; it gives a list, such as [this.slug].',
    )
  })
})
