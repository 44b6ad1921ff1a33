import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerBackend } from '../../../src/backends/backend-kit.ts'
import { captureQueries } from '../../../src/backends/query-channel.ts'
import { closeDatabases, configureDatabases, database } from '../../../src/backends/registry.ts'
import { boolean, char, dateTime, decimal, integer, json, positiveInteger, uuid } from '../../../src/fields/index.ts'
import { migrate, sqlMigrate } from '../../../src/migrations/index.ts'
import { Model } from '../../../src/models/index.ts'
import { Count, manager } from '../../../src/query/index.ts'
import { CASCADE, foreignKey, manyToMany, reverse } from '../../../src/relations/index.ts'
import { atomic } from '../../../src/transactions/atomic.ts'
import { make, makeAndMigrate, project } from '../../migrations/project.ts'
import { thirdBackend } from './backend.ts'

registerBackend(thirdBackend)

let dir = ''
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'nuages-third-'))
  configureDatabases({ default: 'third:db.sqlite3' }, { baseDir: dir })
  await makeAndMigrate(apps())
})
afterEach(async () => {
  await closeDatabases()
  rmSync(dir, { recursive: true, force: true })
})

class Author extends Model({
  name: char({ maxLength: 20, unique: true }),
  get books() {
    return reverse(Book, 'author')
  },
}) {
  static objects = manager(Author)
}

class Tag extends Model({ name: char({ maxLength: 9 }) }) {
  static objects = manager(Tag)
}

class Book extends Model(
  {
    title: char({ maxLength: 50, dbIndex: true }),
    pages: positiveInteger({ null: true }),
    isDraft: boolean({ default: true }),
    price: decimal({ maxDigits: 6, decimalPlaces: 2, null: true }),
    key: uuid({ default: () => crypto.randomUUID() }),
    at: dateTime({ null: true }),
    extra: json({ default: {} }),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE })
    },
    get tags() {
      return manyToMany(Tag)
    },
  },
  { constraints: [{ type: 'unique', fields: ['author', 'title'], name: 'one_title_each' }] },
) {
  static objects = manager(Book)
}

const apps = () => project(dir, { third: { Author, Tag, Book } })

async function fill(): Promise<void> {
  const ann = await Author.objects.create({ name: 'Ann' })
  const bea = await Author.objects.create({ name: 'Bea' })
  const [sf, fun] = [await Tag.objects.create({ name: 'sf' }), await Tag.objects.create({ name: 'fun' })]
  const at = Temporal.Instant.from('2026-07-01T23:30:00Z')
  const one = await Book.objects.create({ title: 'One', author: ann, pages: 100, price: '1.50' as never, at })
  await one.tags.add(sf, fun)
  await Book.objects.create({ title: 'Two', author: ann, isDraft: false, extra: { a: [1] } })
  await Book.objects.create({ title: '50% more', author: bea, pages: 20 })
}

test('its tables are made by migrations, in its own words, and go with them', async () => {
  const [, , author] = await sqlMigrate({ apps: apps(), app: 'third', name: '0001' })
  expect(author).toBe(
    'CREATE TABLE `third_author` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `name` varchar(20) NOT NULL UNIQUE);',
  )
  const tables = await database().introspect()
  expect(tables.map(({ name }) => name)).toEqual([
    'django_migrations',
    'third_author',
    'third_book',
    'third_book_tags',
    'third_tag',
  ])
  expect(tables[2]!.columns.find(({ name }) => name === 'is_draft')).toMatchObject({ type: 'tinyint(1)', null: false })
  expect((await make(apps(), { check: true })).changes).toEqual([])
  await migrate({ apps: apps(), app: 'third', name: 'zero' })
  expect(await database().tableNames()).toEqual(['django_migrations'])
})

test('a later migration adds a column to rows that are there; what it cannot do it says', async () => {
  await fill()
  class Wider extends Model({ name: char({ maxLength: 9 }), weight: integer({ default: 3 }) }) {}
  const named = (model: object) => Object.defineProperty(model, 'name', { value: 'Tag' })
  await makeAndMigrate(project(dir, { third: { Author, Tag: named(Wider), Book } }))
  expect(await database().all({ sql: 'SELECT name, weight FROM third_tag ORDER BY id' }, [])).toEqual([
    ['sf', 3],
    ['fun', 3],
  ])
})

test('rows are written, found, joined, grouped and read', async () => {
  await fill()
  const first = await Book.objects.selectRelated('author').get({ title: 'One' })
  expect([first.author.name, first.price?.toString(), first.at?.toString(), first.isDraft]).toEqual([
    'Ann',
    '1.5',
    '2026-07-01T23:30:00Z',
    true,
  ])
  const titles = async (books: PromiseLike<{ title: string }[]>) => (await books).map(({ title }) => title).join(', ')
  const { objects } = Book
  expect(await titles(objects.filter({ author__name: 'Ann', pages__isnull: true }))).toBe('Two')
  expect(await titles(objects.filter({ title__contains: '%' }))).toBe('50% more')
  expect(await titles(objects.filter({ title__in: ['One', 'Two', 'Three'] }).orderBy('-title'))).toBe('Two, One')
  expect(await titles(objects.exclude({ tags__name: 'sf' }).orderBy('title'))).toBe('50% more, Two')
  expect(await titles(objects.filter({ at__hour: 23, at__weekDay: 4 }))).toBe('One')
  const counted = await Author.objects.annotate({ n: Count('books') }).orderBy('-n')
  expect(counted.map(({ name, n }) => `${name} ${n}`)).toEqual(['Ann 2', 'Bea 1'])
  expect(await objects.filter({ author__name: 'Ann' }).update({ pages: 7 })).toBe(2)
  const [total] = await Author.objects.filter({ name: 'Ann' }).delete()
  expect(total).toBe(5)
  expect(await objects.count()).toBe(1)
})

test('a constraint that is broken is an IntegrityError, and its block is rolled back', async () => {
  await fill()
  const attempt = atomic(async () => {
    await Tag.objects.create({ name: 'lost' })
    await Author.objects.create({ name: 'Ann' })
  })
  await expect(attempt).rejects.toMatchObject({ code: 'integrity-error', kind: 'unique', columns: ['name'] })
  expect(await Tag.objects.filter({ name: 'lost' }).count()).toBe(0)
  const [author, created] = await Author.objects.getOrCreate({ name: 'Ann' })
  expect([author.name, created]).toEqual(['Ann', false])
})

test('what others write meanwhile is neither inside a block nor lost with it', async () => {
  const block = atomic(async () => {
    await Tag.objects.create({ name: 'inside' })
    throw new Error('no')
  })
  const meanwhile = Tag.objects.create({ name: 'outside' })
  await expect(block).rejects.toThrow('no')
  await meanwhile
  expect((await Tag.objects.orderBy('id')).map(({ name }) => name)).toEqual(['outside'])
})

test('every statement is in its own dialect', async () => {
  const { queries } = await captureQueries(async () => {
    await fill()
    await Book.objects.filter({ author__name__icontains: 'a' }).distinct().count()
    await Book.objects
      .annotate({ n: Count('tags') })
      .filter({ n__gt: 1 })
      .exists()
    await Book.objects.prefetchRelated('tags').orderBy('title')
  })
  for (const { sql } of queries) expect(sql).not.toMatch(/"|\?(?!\d)/)
})

test('a URL that it cannot read', async () => {
  await closeDatabases()
  expect(() => configureDatabases({ default: 'third:' })).toThrow("databases.default: 'third:' names no file.")
  expect(() => configureDatabases({ default: 'thrid:x' })).toThrow("'third:db.sqlite3'")
})
