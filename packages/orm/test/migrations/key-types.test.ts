import { expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { auto, bigAuto, char } from '../../src/fields/index.ts'
import { Model, proxy } from '../../src/models/index.ts'
import { CASCADE, foreignKey, manyToMany, oneToOne } from '../../src/relations/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()

/** Everything that holds a key of Author: by a proxy, in pairs, and through a model whose key is one. */
function library(id: () => ReturnType<typeof auto> | ReturnType<typeof bigAuto>) {
  class Author extends Model({ id: id(), name: char({ maxLength: 10 }) }) {}
  class Writer extends proxy(Author) {}
  class Profile extends Model({
    get author() {
      return oneToOne(Author, { onDelete: CASCADE, primaryKey: true })
    },
  }) {}
  class Book extends Model({
    get writer() {
      return foreignKey(Writer, { onDelete: CASCADE })
    },
    get profile() {
      return foreignKey(Profile, { onDelete: CASCADE })
    },
    get readers() {
      return manyToMany(Profile)
    },
  }) {}
  return project(place.dir, { library: { Author, Writer, Profile, Book } })
}

const columns = async () => {
  const tables = await database().introspect()
  const all = tables.flatMap((table) =>
    table.columns.map((column) => [`${table.name}.${column.name}`, column] as const),
  )
  return Object.fromEntries(
    all.filter(([name]) => /author|writer|profile/.test(name)).map(([name, { type }]) => [name, type]),
  )
}

test('what holds a key changes with it, by whatever way it leads there', async () => {
  await makeAndMigrate(library(() => auto()))
  const before = await columns()
  expect(new Set(Object.values({ ...before, 'library_author.name': 'integer' }))).toEqual(new Set(['integer']))
  await database().script(`
    INSERT INTO library_author (name) VALUES ('Ann'); INSERT INTO library_profile VALUES (1);
    INSERT INTO library_book (writer_id, profile_id) VALUES (1, 1);
    INSERT INTO library_book_readers (book_id, profile_id) VALUES (1, 1)`)
  await makeAndMigrate(library(() => bigAuto()))
  const { 'library_author.id': _key, 'library_author.name': _name, ...keys } = await columns()
  expect(keys).toEqual({
    'library_book.profile_id': 'bigint',
    'library_book.writer_id': 'bigint',
    'library_book_readers.profile_id': 'bigint',
    'library_profile.author_id': 'bigint',
  })
  const sql =
    'SELECT a.id, author_id, writer_id, b.profile_id, r.profile_id FROM library_author a, library_profile, library_book b, library_book_readers r'
  expect(await rows(sql)).toEqual([[1, 1, 1, 1, 1]])
})
