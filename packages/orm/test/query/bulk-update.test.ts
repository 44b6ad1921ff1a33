import { Decimal } from 'decimal.js'
import { beforeEach, expect, test } from 'vitest'
import {
  array,
  bigInteger,
  binary,
  char,
  database,
  date,
  dateTime,
  duration,
  float,
  integer,
  ipAddress,
  json,
  Model,
  manager,
  QueryError,
  registerModels,
  time,
  uuid,
} from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Tag } from '../library/book.ts'
import { fillLibrary, queriesOf, tablesOf, useLibrary } from '../library/use-library.ts'
import { vendor } from '../temporary-database.ts'

useLibrary()
let people: Awaited<ReturnType<typeof fillLibrary>>
beforeEach(async () => {
  people = await fillLibrary()
})

test('each row gets its own values, in one statement for many', async () => {
  await Book.objects.bulkCreate(Array.from({ length: 95 }, (_, at) => ({ title: `b${at}`, author: people.ada })))
  const books = await Book.objects.all()
  for (const [at, book] of books.entries()) {
    book.title = `Título ${at}`
    book.pages = at % 2 ? at : null
    book.price = new Decimal(at).div(4)
    book.isDraft = at % 3 === 0
    book.publishedAt = at % 5 ? Temporal.Instant.from(`20${10 + (at % 80)}-01-01T00:00:00Z`) : null
    book.isbn = at % 7 ? 9_007_199_254_740_993n + BigInt(at) : null
    book.editor = at % 4 ? people.cleo : null
  }
  let count = 0
  const queries = await queriesOf(async () => {
    count = await Book.objects.bulkUpdate(books, [
      'title',
      'pages',
      'price',
      'isDraft',
      'publishedAt',
      'isbn',
      'editor',
    ])
  })
  expect([count, queries]).toEqual([100, 3])
  expect(await Book.objects.all()).toEqual(books)
  expect(await queriesOf(() => books[0]!.save())).toBe(0)
})

test('only the fields that are named are written', async () => {
  const [one] = await Book.objects.filter({ title: 'One' })
  one!.title = 'Uno'
  one!.pages = 7
  await Book.objects.bulkUpdate([one!], ['pages'])
  expect(await Book.objects.filter({ title: 'One', pages: 7 }).exists()).toBe(true)
  await one!.save()
  expect(await Book.objects.filter({ title: 'Uno', pages: 7 }).exists()).toBe(true)
})

test('a row that is gone is not counted, and one that is given twice counts once', async () => {
  const [sf, fun] = await Tag.objects.filter({ name__in: ['sf', 'fun'] }).orderBy('-name')
  await Tag.objects.filter({ name: 'fun' }).delete()
  sf!.name = 'scifi'
  expect(await Tag.objects.bulkUpdate([sf!, fun!, sf!], ['name'])).toBe(1)
  expect(await Tag.objects.filter({ name: 'scifi' }).exists()).toBe(true)
})

test('batchSize cuts the statements; nothing is nothing to do', async () => {
  const books = await Book.objects.all()
  expect(await queriesOf(() => Book.objects.bulkUpdate(books, ['pages'], { batchSize: 2 }))).toBe(3)
  expect(await queriesOf(async () => expect(await Book.objects.bulkUpdate([], ['pages'])).toBe(0))).toBe(0)
})

test('what cannot be written is refused', async () => {
  const [book] = await Book.objects.all()
  const update = (rows: readonly Book[], fields: readonly string[]) => Book.objects.bulkUpdate(rows, fields as never)
  await expect(update([book!], [])).rejects.toThrow(QueryError)
  await expect(update([book!], ['id'])).rejects.toThrow("'id'")
  await expect(update([book!], ['tags'])).rejects.toThrow("'tags'")
  await expect(update([book!], ['title" = 1 --'])).rejects.toThrow(QueryError)
  await expect(update([new Book({ title: 'x', author: people.ada })], ['title'])).rejects.toThrow('has no key')
  await expect(Book.objects.bulkUpdate([book!], ['title'], { batchSize: -1 })).rejects.toThrow(QueryError)
})

test('a row that was assigned and saved meanwhile gives its key', async () => {
  const [book] = await Book.objects.filter({ title: 'One' })
  const dora = new Author({ name: 'Dora', slug: 'dora' })
  book!.author = dora
  await dora.save()
  await Book.objects.bulkUpdate([book!], ['author'])
  expect((await Book.objects.get({ title: 'One' })).authorId).toBe(dora.id)
})

class Kinds extends Model({
  id: uuid({ primaryKey: true, default: () => crypto.randomUUID() }),
  day: date({ null: true }),
  clock: time({ null: true }),
  moment: dateTime({ null: true }),
  length: duration({ null: true }),
  document: json<unknown>({ null: true }),
  bytes: binary({ null: true }),
  share: float({ null: true }),
  address: ipAddress({ null: true }),
  big: bigInteger({ null: true }),
}) {
  static objects = manager(Kinds)
}

class Listed extends Model({ numbers: array(integer()), words: array(char({ maxLength: 9 })) }) {
  static objects = manager(Listed)
}

registerModels('kinds', { Kinds, Listed })

test('values of every kind are written, null as well', async () => {
  await database().script(tablesOf([Kinds.meta]))
  const rows = await Kinds.objects.bulkCreate([{}, {}])
  Object.assign(rows[0]!, {
    day: Temporal.PlainDate.from('2026-02-28'),
    clock: Temporal.PlainTime.from('12:30:00.5'),
    moment: Temporal.Instant.from('2026-02-28T12:00:00.000001Z'),
    length: Temporal.Duration.from({ hours: 5, microseconds: 1 }),
    document: { a: [1, 'ü', null], 'b"': false },
    bytes: new Uint8Array([0, 255, 39]),
    share: 0.1,
    address: '::1',
    big: -9_223_372_036_854_775_808n,
  })
  const made = await Kinds.objects.bulkCreate([1, 2, 3].map(() => ({ ...rows[0]!, id: crypto.randomUUID() })))
  for (const each of await Kinds.objects.filter({ id__in: made.map(({ id }) => id) })) {
    expect({ ...each, id: rows[0]!.id, length: String(each.length) }).toEqual({
      ...rows[0]!,
      length: String(rows[0]!.length),
    })
  }
  const names = ['day', 'clock', 'moment', 'length', 'document', 'bytes', 'share', 'address', 'big'] as const
  for (const row of [rows[1]!, rows[0]!]) {
    expect(await Kinds.objects.bulkUpdate([row, ...rows.filter((other) => other !== row)], names)).toBe(2)
    const stored = await Kinds.objects.inBulk(rows.map(({ id }) => id))
    for (const each of rows) {
      const { length, ...others } = { ...stored.get(each.id)! }
      expect([others, String(length)]).toEqual([{ ...others, ...withoutLength(each) }, String(each.length)])
    }
    expect(await queriesOf(() => rows[0]!.save())).toBe(0)
    Object.assign(rows[0]!, Object.fromEntries(names.map((name) => [name, null])))
  }
})

function withoutLength({ length: _, ...others }: Kinds): object {
  return others
}

if (vendor === 'postgresql') {
  test('lists are written', async () => {
    await database().script(tablesOf([Listed.meta]))
    const rows = await Listed.objects.bulkCreate([
      { numbers: [], words: [] },
      { numbers: [1], words: ['a'] },
    ])
    Object.assign(rows[0]!, { numbers: [3, 2], words: ['x"', 'NULL', '{,}'] })
    Object.assign(rows[1]!, { numbers: [], words: [] })
    await Listed.objects.bulkUpdate(rows, ['numbers', 'words'])
    expect((await Listed.objects.orderBy('id')).map((row) => ({ ...row }))).toEqual(rows.map((row) => ({ ...row })))
  })
}
