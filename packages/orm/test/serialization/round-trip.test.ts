import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadFixtures, serialize } from '../../src/serialization/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { everyRow, fill } from './fill.ts'
import { contents, emptyTables, schema, Tag } from './models.ts'
import { database as anyDatabase } from './random-rows.ts'

useTemporaryDatabase(schema)

for (const format of ['json', 'jsonl'] as const) {
  test(`random rows, written down and loaded, are the same rows (${format})`, async () => {
    await fc.assert(
      fc.asyncProperty(anyDatabase, async (rows) => {
        await emptyTables()
        await fill(rows)
        const before = await contents()
        const text = await serialize(format, everyRow())
        await emptyTables()
        if (text !== '') await loadFixtures([{ name: 'rows', format, open: () => text }])
        expect(await contents()).toEqual(before)
        // Over what is there already it is the same too.
        if (text !== '') await loadFixtures([{ name: 'rows', format, open: () => [Buffer.from(text)] }])
        expect(await contents()).toEqual(before)
      }),
      { numRuns: 10 },
    )
  })
}

test('random rows without their keys, named by natural ones, are the same but for the keys', async () => {
  const options = { useNaturalForeignKeys: true, useNaturalPrimaryKeys: true }
  await fc.assert(
    fc.asyncProperty(anyDatabase, async (rows) => {
      await emptyTables()
      await fill(rows)
      const text = await serialize('json', everyRow(), options)
      await emptyTables()
      // So that the keys that the database gives are others.
      await Tag.objects.create({ name: 'one of another time' })
      await Tag.objects.all().delete()
      await loadFixtures([{ name: 'rows', format: 'json', open: () => text }])
      expect(sorted(await serialize('json', everyRow(), options))).toEqual(sorted(text))
    }),
    { numRuns: 10 },
  )
})

/** Rows, and the lists of relations in them, in an order that keys have no part in. Summaries and lists have no natural key. */
function sorted(text: string): string[] {
  return (JSON.parse(text) as { model: string; pk?: unknown; fields: Record<string, unknown> }[])
    .map(({ model, pk, fields }) => {
      const hasOwnKey = model === 'library.everything' || model === 'library.shelf'
      const isRelation = (name: string) => name === 'tags' || name === 'related'
      const entries = Object.entries(fields).map(([name, value]) => {
        return [name, isRelation(name) ? (value as unknown[]).map((one) => JSON.stringify(one)).sort() : value]
      })
      return JSON.stringify([model, hasOwnKey ? pk : null, entries])
    })
    .sort()
}
