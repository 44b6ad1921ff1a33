import { expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import { char } from '../../../src/fields/index.ts'
import { captureQueries } from '../../../src/index.ts'
import { Model } from '../../../src/models/index.ts'
import { manager } from '../../../src/query/index.ts'
import { makeAndMigrate, project } from '../../migrations/project.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'

const place = useTemporaryDatabase()

async function notes() {
  class Note extends Model({ title: char({ maxLength: 20 }) }) {
    static objects = manager(Note)
  }
  await makeAndMigrate(project(place.dir, { notes: { Note } }))
  return Note
}

const titles = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `${prefix}${index}` }))

/** That every row has the key under which the database holds it; gives the statements that added them. */
async function addAndCompare(Note: Awaited<ReturnType<typeof notes>>, prefix: string, count: number) {
  const { result, queries } = await captureQueries(() => Note.objects.bulkCreate(titles(prefix, count)))
  const stored = await Note.objects.filter({ title__startswith: prefix }).orderBy('id')
  const byTitle = new Map(stored.map(({ id, title }) => [title, id]))
  expect(result.map(({ id }) => id)).toEqual(result.map(({ title }) => byTitle.get(title)))
  expect(new Set(byTitle.values()).size).toBe(count)
  return queries.map(({ sql }) => sql)
}

test('keys follow from the last one, also where rows are gone, and others were added meanwhile', async () => {
  const Note = await notes()
  expect((await addAndCompare(Note, 'a', 7)).every((sql) => !sql.includes('RETURNING'))).toBe(true)
  await Note.objects.filter({ id__gt: 3 }).delete()
  await Note.objects.create({ id: 1000, title: 'far' })
  const statements = await addAndCompare(Note, 'b', 700)
  expect(statements).toHaveLength(6)
})

test('a row that was added has nothing left to save', async () => {
  const Note = await notes()
  const [, second] = await Note.objects.bulkCreate(titles('a', 3))
  expect((await captureQueries(() => second!.save())).queries).toHaveLength(0)
  second!.title = 'other'
  await second!.save()
  expect((await Note.objects.get({ id: second!.id })).title).toBe('other')
})

test('keys are read back where a trigger may add rows between them', async () => {
  const Note = await notes()
  await database().script(`
    CREATE TRIGGER twice AFTER INSERT ON NOTES_NOTE WHEN new.title NOT LIKE 'copy %'
    BEGIN INSERT INTO notes_note (title) VALUES ('copy ' || new.title); END`)
  const statements = await addAndCompare(Note, 'a', 5)
  expect(statements.every((sql) => sql.includes('RETURNING'))).toBe(true)
  expect(await Note.objects.count()).toBe(10)
})

test('long lists of numbers find what short ones do', async () => {
  const Note = await notes()
  const made = await Note.objects.bulkCreate(titles('a', 60))
  const keys = made.map(({ id }) => id)
  expect(await Note.objects.filter({ id__in: keys }).count()).toBe(60)
  expect(await Note.objects.exclude({ id__in: keys.slice(0, 40) }).count()).toBe(20)
  expect(await Note.objects.filter({ id__in: keys.concat(-1, 2 ** 53 - 1) }).count()).toBe(60)
  const many = Array.from({ length: 50_000 }, (_, index) => index - 20)
  expect(await Note.objects.filter({ id__in: many }).count()).toBe(60)
  const { queries } = await captureQueries(() => Note.objects.filter({ id__in: many }).update({ title: 'same' }))
  expect(queries[0]!.revealParams()).toHaveLength(2)
  expect(await Note.objects.filter({ title: 'same' }).count()).toBe(60)
})
