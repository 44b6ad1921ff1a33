import { beforeEach, describe, expect, test } from 'vitest'
import {
  Count,
  captureQueries,
  database,
  Exists,
  Extract,
  F,
  FieldError,
  FilteredRelation,
  NotSupportedError,
  OuterRef,
  Q,
  sqlFunction,
  Trunc,
  Value,
  Window,
} from '../../src/index.ts'
import { FunctionCall } from '../../src/query/expressions/function-call.ts'
import { outputs } from '../../src/query/expressions/output-fields.ts'
import { Condition } from '../../src/query/q.ts'
import { Author } from '../library/author.ts'
import { Book, Voucher } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'
import { vendor } from '../temporary-database.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

/** Texts that would end a name, a string or a call. */
const hostile = [
  'x"; DROP TABLE library_book; --',
  "x'; DROP TABLE library_book; --",
  'title) FROM library_book; DELETE FROM library_book; --',
  'x" FROM library_author --',
  'x -- ',
  'x/**/y',
  'x y',
  '(SELECT 1)',
  'x\u0000y',
  'x;y',
  'x.y',
  'x$y',
  'x%sy',
  'x\u0007y',
  'x\ny',
  '__proto__',
  '',
]

const books = Book.objects as unknown as Record<string, (...args: unknown[]) => PromiseLike<unknown>>

/** Runs what may throw at once or when it is awaited. */
const refused = (run: () => unknown) => expect((async () => await run())()).rejects

test.each(hostile)(
  'a name of an annotation, an alias or an aggregate is never SQL: %j (CVE-2022-28346, CVE-2025-59681, CVE-2026-1287)',
  async (name) => {
    for (const method of ['annotate', 'alias', 'aggregate']) {
      await refused(() => books[method]!({ [name]: Count('tags') })).toThrow(FieldError)
    }
    await refused(() => books['values']!({ [name]: F('title') })).toThrow(FieldError)
    await refused(() => books['valuesList']!({ [name]: F('title') })).toThrow(FieldError)
    await refused(() => books['annotate']!({ [name]: FilteredRelation('tags', { condition: Q({ id: 1 }) }) })).toThrow(
      FieldError,
    )
    expect(await Book.objects.count()).toBe(5)
  },
)

test.each(hostile)(
  'a name of a filtered relation is a name, and so is its relation: %j (CVE-2025-57833, CVE-2025-13372)',
  async (name) => {
    const made = () => Author.objects.annotate({ [name]: FilteredRelation('books', { condition: {} }) } as never)
    await refused(made).toThrow(FieldError)
    const relation = () => Author.objects.annotate({ x: FilteredRelation(name, { condition: {} }) } as never)
    await refused(relation).toThrow(FieldError)
  },
)

test.each(hostile.filter((name) => name !== ''))(
  'an order is made of paths: %j (CVE-2021-35042, CVE-2026-1312)',
  async (name) => {
    for (const path of [name, `-${name}`, `author__${name}`, `library_book.${name}`, `title ${name}`]) {
      await refused(() => books['orderBy']!(path)).toThrow(FieldError)
      await refused(() => books['distinct']!(path)).toThrow(FieldError)
    }
    await refused(() => Book.objects.union(Book.objects.all()).orderBy(name as never)).toThrow(FieldError)
  },
)

test.each(hostile)('a path in values, expressions and conditions is one: %j (CVE-2024-42005)', async (name) => {
  await refused(() => books['values']!(name)).toThrow(FieldError)
  await refused(() => books['valuesList']!(`author__${name}`)).toThrow(FieldError)
  await refused(() => books['annotate']!({ x: F(name) })).toThrow(FieldError)
  await refused(() => books['filter']!({ [name]: 1 })).toThrow(FieldError)
  await refused(() => books['filter']!({ title: F(name) })).toThrow(FieldError)
  await refused(() => books['filter']!(Exists(Book.objects.filter({ title: OuterRef(name) as never })))).toThrow(
    FieldError,
  )
  await refused(() => books['only']!(name)).toThrow(FieldError)
  await refused(() => books['selectRelated']!(name)).toThrow(FieldError)
  await refused(() => books['update']!({ [name]: 1 })).toThrow(FieldError)
  await refused(() => books['dates']!(name, 'year')).toThrow(FieldError)
})

test.each(hostile)('a part of a date and a period are words that are known: %j (CVE-2022-34265)', async (word) => {
  await refused(() => books['annotate']!({ x: Extract('created', word as never) })).toThrow(FieldError)
  await refused(() => books['annotate']!({ x: Trunc('created', word as never) })).toThrow(FieldError)
  await refused(() => books['dates']!('created', word)).toThrow(FieldError)
  await refused(() => books['datetimes']!('created', word)).toThrow(FieldError)
  await refused(() => books['filter']!({ [`created__${word}`]: 1 })).toThrow(FieldError)
  await refused(() => books['annotate']!({ x: Trunc('created', 'year', { tzinfo: word }) })).toThrow(FieldError)
  const order = await Book.objects.dates('created', 'year', `${word} DESC` as never)
  expect(order).toHaveLength(1)
})

describe('a key of a document is bound (CVE-2019-14234, CVE-2024-42005)', () => {
  test.each(["a'b", 'a"b', "a') = '1' OR 1 = 1 OR ('a", "a' ? 'b", 'a\\'])('%j', async (key) => {
    const book = await Book.objects.get({ title: 'One' })
    await Voucher.objects.create({ book, terms: { [key]: 'here', days: 1 } as never })
    const vouchers = Voucher.objects as unknown as Record<string, (...args: unknown[]) => PromiseLike<unknown[]>>
    expect(await vouchers['filter']!({ [`terms__${key}`]: 'here' })).toHaveLength(1)
    expect(await vouchers['filter']!({ [`terms__${key}`]: 'there' })).toHaveLength(0)
    expect(await vouchers['values']!(`terms__${key}`)).toEqual([{ [`terms__${key}`]: 'here' }])
    expect(await vouchers['orderBy']!(`terms__${key}`)).toHaveLength(1)
    const { queries } = await captureQueries(async () => await vouchers['filter']!({ [`terms__${key}`]: 'here' }))
    expect(queries[0]!.sql).not.toContain(key)
  })
})

test.each(hostile)('an option of explain() is one that is known: %j (CVE-2022-28347)', async (word) => {
  await refused(() => Book.objects.explain({ [word]: true })).toThrow(NotSupportedError)
  if (vendor === 'postgresql') await refused(() => Book.objects.explain({ format: word })).toThrow(NotSupportedError)
  if (vendor === 'postgresql') await refused(() => Book.objects.explain({ analyze: word })).toThrow(NotSupportedError)
  expect(await Book.objects.count()).toBe(5)
})

test('how conditions are joined, and whether they are negated, is no key of theirs (CVE-2025-64459)', async () => {
  for (const key of ['_connector', '_negated', 'connector', 'negated']) {
    await refused(() => books['filter']!({ title: 'One', [key]: 'OR 1=1 OR' })).toThrow(FieldError)
    await refused(() => books['filter']!(Q({ title: 'One', [key]: 'OR 1=1 OR' }))).toThrow(FieldError)
    await refused(() => books['exclude']!({ title: 'One', [key]: true })).toThrow(FieldError)
  }
  const joined = new Condition('OR 1=1 OR' as 'OR', [{ title: 'One' }, { title: 'Two' }])
  await refused(() => books['filter']!(joined)).toThrow(FieldError)
})

test('what is bound is not read as SQL (CVE-2020-9402, CVE-2020-7471)', async () => {
  for (const text of hostile) {
    const value = text.replaceAll('\u0000', '')
    expect(await Book.objects.filter({ title: value }).count()).toBe(0)
    expect(await Book.objects.filter({ title__contains: `${value}%_'` }).count()).toBe(0)
    const rows = await Book.objects.annotate({ x: Value(value) }).valuesList('x', { flat: true })
    expect(rows).toEqual([value, value, value, value, value])
  }
  expect(await Book.objects.count()).toBe(5)
})

test('a frame of a window is made of numbers and words', async () => {
  const frames = [
    { type: 'rows; DROP TABLE x' },
    { type: 'rows', start: '1 PRECEDING) --' },
    { type: 'rows', end: 1.5 },
    { type: 'rows', exclude: 'ties) --' },
    { type: 'constructor' },
  ]
  for (const frame of frames) {
    const window = () => Book.objects.annotate({ x: Window(Count('id'), { frame: frame as never }) } as never)
    await refused(window).toThrow(FieldError)
  }
})

test('two functions of one name do not share a statement', async () => {
  const one = sqlFunction({ name: 'ABS', output: outputs.integer })
  const other = sqlFunction({
    name: 'ABS',
    output: outputs.integer,
    sql: ({ args: [own] }) => ({ ...own!, sql: `-(${own!.sql})` }),
  })
  const of = (fn: typeof one) => Book.objects.annotate({ x: new FunctionCall<number>(fn, ['pages']) } as never)
  const title = (fn: typeof one) =>
    of(fn)
      .filter({ title: 'One' } as never)
      .valuesList('x' as never, { flat: true })
  expect(await title(one)).toEqual([100])
  expect(await title(other)).toEqual([-100])
})

test('what is built from input does not fill the memory', async () => {
  for (let number = 0; number < 2500; number++) {
    await Book.objects
      .filter({ [`title__${number % 2 ? 'contains' : 'icontains'}`]: 'x' } as never)
      .annotate({ [`a${number}`]: F('pages') })
  }
  expect(Book.meta.compiled.size).toBeLessThanOrEqual(1000)
  for (const shapes of Book.meta.compiled.values()) {
    expect(shapes instanceof Map ? shapes.size : 0).toBeLessThanOrEqual(1000)
  }
  expect(database().alias).toBe('default')
})
