import type { Decimal } from 'decimal.js'
import { expectTypeOf, test } from 'vitest'
import {
  Avg,
  Case,
  Cast,
  Coalesce,
  Concat,
  Count,
  char,
  defineFunction,
  Exists,
  ExtractYear,
  F,
  Greatest,
  integer,
  JSONArray,
  JSONObject,
  Lag,
  Length,
  Lower,
  Max,
  Now,
  NullIf,
  OuterRef,
  Q,
  Rank,
  RawSQL,
  Sqrt,
  StringAgg,
  Subquery,
  Sum,
  Trunc,
  TruncDate,
  TruncMonth,
  Value,
  When,
  Window,
} from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, Voucher } from '../library/book.ts'

// Only checked by the compiler: nothing here runs.
export async function values() {
  const [book] = await Book.objects.annotate({
    name: F('author__name'),
    mentor: F('author__mentor__name'),
    editorName: F('editor__name'),
    key: F('author'),
    tag: F('tags__name'),
    year: F('created__year'),
    publishedYear: F('publishedAt__year'),
    lower: Lower('title'),
    lowerEditor: Lower('editor__name'),
    length: Length(Lower('title')),
    atLeast: Coalesce('pages', 0),
    either: Coalesce('pages', 'authorId'),
    money: Coalesce('price', 'pages'),
    neither: Coalesce('editor__name', 'author__mentor__name'),
    noZero: NullIf('id', 0),
    most: Greatest('pages', 3),
    text: Cast('pages', char({ maxLength: 9 })),
    concat: Concat('title', Value(' '), 'editor__name'),
    root: Sqrt('pages'),
    rootOfPrice: Sqrt('price'),
    now: Now(),
  })
  expectTypeOf(book!.name).toEqualTypeOf<string>()
  expectTypeOf(book!.mentor).toEqualTypeOf<string | null>()
  expectTypeOf(book!.editorName).toEqualTypeOf<string | null>()
  expectTypeOf(book!.key).toEqualTypeOf<number>()
  expectTypeOf(book!.tag).toEqualTypeOf<string | null>()
  expectTypeOf(book!.year).toEqualTypeOf<number>()
  expectTypeOf(book!.publishedYear).toEqualTypeOf<number | null>()
  expectTypeOf(book!.lower).toEqualTypeOf<string>()
  expectTypeOf(book!.lowerEditor).toEqualTypeOf<string | null>()
  expectTypeOf(book!.length).toEqualTypeOf<number>()
  expectTypeOf(book!.atLeast).toEqualTypeOf<number>()
  expectTypeOf(book!.either).toEqualTypeOf<number>()
  expectTypeOf(book!.money).toEqualTypeOf<Decimal | number | null>()
  expectTypeOf(book!.neither).toEqualTypeOf<string | null>()
  expectTypeOf(book!.noZero).toEqualTypeOf<number | null>()
  expectTypeOf(book!.most).toEqualTypeOf<number>()
  expectTypeOf(book!.text).toEqualTypeOf<string | null>()
  expectTypeOf(book!.concat).toEqualTypeOf<string>()
  expectTypeOf(book!.root).toEqualTypeOf<number | null>()
  expectTypeOf(book!.rootOfPrice).toEqualTypeOf<Decimal | null>()
  expectTypeOf(book!.now).toEqualTypeOf<Temporal.Instant>()
}

export async function arithmetic() {
  const [book] = await Book.objects.annotate({
    more: F('id').add(1),
    maybe: F('pages').multiply(2),
    money: F('price').multiply(F('pages')),
    big: F('isbn').add(1),
    bits: F('id').bitand(1),
    span: F('publishedAt').subtract(F('created')),
    due: F('created').add(Temporal.Duration.from('P1D')),
    negative: F('id').negate(),
  })
  expectTypeOf(book!.more).toEqualTypeOf<number>()
  expectTypeOf(book!.maybe).toEqualTypeOf<number | null>()
  expectTypeOf(book!.money).toEqualTypeOf<Decimal | null>()
  expectTypeOf(book!.big).toEqualTypeOf<bigint | null>()
  expectTypeOf(book!.bits).toEqualTypeOf<number>()
  expectTypeOf(book!.span).toEqualTypeOf<Temporal.Duration | null>()
  expectTypeOf(book!.due).toEqualTypeOf<Temporal.Instant>()
  expectTypeOf(book!.negative).toEqualTypeOf<number>()
  const [author] = await Author.objects.annotate({ later: F('born').add(Temporal.Duration.from('P1D')) })
  expectTypeOf(author!.later).toEqualTypeOf<Temporal.Instant | null>()

  // @ts-expect-error: texts are no numbers
  Book.objects.annotate({ x: F('title').add(1) })
  // @ts-expect-error: two points in time have no sum
  Book.objects.annotate({ x: F('created').add(F('publishedAt')) })
  // @ts-expect-error: no such path on the right
  Book.objects.annotate({ x: F('id').add(F('nope')) })
  // @ts-expect-error: a text is no operand
  F('id').add('1')
}

export async function dates() {
  const [book] = await Book.objects.annotate({
    year: ExtractYear('created'),
    month: TruncMonth('publishedAt'),
    day: TruncDate('created'),
    start: Trunc('created', 'year'),
  })
  expectTypeOf(book!.year).toEqualTypeOf<number>()
  expectTypeOf(book!.month).toEqualTypeOf<Temporal.Instant | null>()
  expectTypeOf(book!.day).toEqualTypeOf<Temporal.PlainDate>()
  expectTypeOf(book!.start).toEqualTypeOf<Temporal.Instant>()
  const [author] = await Author.objects.annotate({ month: TruncMonth('born') })
  expectTypeOf(author!.month).toEqualTypeOf<Temporal.PlainDate | null>()

  // @ts-expect-error: a text has no year
  Book.objects.annotate({ x: ExtractYear('title') })
  // @ts-expect-error: a date has no hour
  Author.objects.annotate({ x: Trunc('born', 'hour') })
  // @ts-expect-error: no such period
  Trunc('created', 'decade')
}

export async function conditional() {
  const [book] = await Book.objects.annotate({
    size: Case(When({ pages__gte: 300 }, Value('long')), When(Q({ pages: null }), Value('none')), {
      default: Value('short'),
    }),
    half: Case(When({ author__name: 'x' }, 'pages'), When({ title: 'x' }, 3)),
    either: Case(When({ author__name: 'x' }, 'title'), { default: 'id' }),
  })
  expectTypeOf(book!.size).toEqualTypeOf<'long' | 'none' | 'short'>()
  expectTypeOf(book!.half).toEqualTypeOf<number | null>()
  expectTypeOf(book!.either).toEqualTypeOf<string | number>()

  // @ts-expect-error: no such path in a condition
  Book.objects.annotate({ x: Case(When({ nope: 3 }, Value('x'))) })
  // @ts-expect-error: a wrong value in a condition
  Book.objects.annotate({ x: Case(When(Q({ pages: 'x' }), Value('x'))) })
  // @ts-expect-error: no such path as a result
  Book.objects.annotate({ x: Case(When({ pages: 3 }, 'nope')) })
  // @ts-expect-error: no such path as the default
  Book.objects.annotate({ x: Case(When({ pages: 3 }, 'title'), { default: 'nope' }) })
}

export async function aggregates() {
  const result = await Book.objects.aggregate({
    n: Count('id'),
    all: Count('*'),
    tags: Count('tags', { distinct: true, filter: Q({ tags__name: 'sf' }) }),
    pages: Sum('pages'),
    orZero: Sum('pages', { default: 0 }),
    price: Avg('price'),
    mean: Avg('pages'),
    last: Max('created'),
    names: StringAgg('author__name', ', ', { orderBy: 'author__name' }),
  })
  expectTypeOf(result).toEqualTypeOf<{
    readonly n: number
    readonly all: number
    readonly tags: number
    readonly pages: number | null
    readonly orZero: number
    readonly price: Decimal | null
    readonly mean: number | null
    readonly last: Temporal.Instant | null
    readonly names: string | null
  }>()

  // @ts-expect-error: a text has no sum
  Book.objects.aggregate({ x: Sum('title') })
  // @ts-expect-error: a text has no mean
  Book.objects.aggregate({ x: Avg('author__name') })
  // @ts-expect-error: documents have no order
  Voucher.objects.aggregate({ x: Max('terms') })
  // @ts-expect-error: no such path in a filter
  Book.objects.aggregate({ x: Count('id', { filter: { nope: 3 } }) })
  // @ts-expect-error: no such path
  Book.objects.aggregate({ x: Count('nope') })
}

export async function queries() {
  const newest = Book.objects.filter({ author: OuterRef('pk') }).orderBy('-created')
  const [author] = await Author.objects.annotate({
    title: Subquery(newest.values('title').slice(0, 1)),
    pages: Subquery(newest.valuesList('pages', { flat: true }).slice(0, 1)),
    key: Subquery(newest.slice(0, 1)),
    some: Exists(newest),
    rest: RawSQL('LENGTH(name) % ?', [3], { outputField: integer() }),
  })
  expectTypeOf(author!.title).toEqualTypeOf<string | null>()
  expectTypeOf(author!.pages).toEqualTypeOf<number | null>()
  expectTypeOf(author!.key).toEqualTypeOf<number | null>()
  expectTypeOf(author!.some).toEqualTypeOf<boolean>()
  expectTypeOf(author!.rest).toEqualTypeOf<number>()
  Author.objects.filter(Exists(newest), { name: 'x' })
  Author.objects.filter(Exists(newest).not())
  Author.objects.filter(Q(Exists(newest)).or({ name: 'x' }))
  Book.objects.filter({ pages__gt: Subquery(Book.objects.values('pages').slice(0, 1)) })
  Book.objects.filter({ author__name: OuterRef('name', Author) })

  // @ts-expect-error: no condition
  Author.objects.filter(Lower('name'))
  // @ts-expect-error: no such path of the model around
  OuterRef('nope', Author)
  // @ts-expect-error: the path around is of another type
  Book.objects.filter({ title: OuterRef('born', Author) })
}

export async function windows() {
  const [book] = await Book.objects.annotate({
    rank: Window(Rank(), { partitionBy: 'author', orderBy: ['-pages', F('title').asc()] }),
    before: Window(Lag('title'), { orderBy: 'id' }),
    total: Window(Sum('pages'), { partitionBy: ['author', ExtractYear('created')] }),
  })
  expectTypeOf(book!.rank).toEqualTypeOf<number>()
  expectTypeOf(book!.before).toEqualTypeOf<string | null>()
  expectTypeOf(book!.total).toEqualTypeOf<number | null>()

  // @ts-expect-error: no such path in a partition
  Book.objects.annotate({ x: Window(Rank(), { partitionBy: 'nope' }) })
  // @ts-expect-error: no such path in an order
  Book.objects.annotate({ x: Window(Rank(), { orderBy: ['-title', '-nope'] }) })
}

export async function json() {
  const [book] = await Book.objects.annotate({
    object: JSONObject({ title: 'title', price: 'price', at: 'publishedAt', deep: JSONArray('pages', 3) }),
  })
  expectTypeOf(book!.object).toEqualTypeOf<{
    title: string
    price: number | null
    at: string | null
    deep: [number | null, number]
  }>()
  // @ts-expect-error: no such path
  Book.objects.annotate({ x: JSONObject({ a: 'nope' }) })
}

export async function functions() {
  const Soundex = defineFunction({ name: 'SOUNDEX', args: ['text'], output: char({ maxLength: 4 }) })
  const Distance = defineFunction({ name: 'DISTANCE', args: ['numbers', 'text'], output: integer({ null: true }) })
  const [book] = await Book.objects.annotate({
    sound: Soundex('title'),
    editorSound: Soundex('editor__name'),
    far: Distance(3, Lower('title')),
  })
  expectTypeOf(book!.sound).toEqualTypeOf<string>()
  expectTypeOf(book!.editorSound).toEqualTypeOf<string | null>()
  expectTypeOf(book!.far).toEqualTypeOf<number | null>()

  // @ts-expect-error: not of that type
  Book.objects.annotate({ x: Soundex('pages') })
  // @ts-expect-error: an argument is missing
  Distance(3)
  // @ts-expect-error: of the wrong type, the second
  Book.objects.annotate({ x: Distance('pages', 'pages') })
  // @ts-expect-error: no such path
  Book.objects.annotate({ x: Lower('nope') })
  // @ts-expect-error: no such path behind a relation
  Book.objects.annotate({ x: Lower('author__nope') })
  // @ts-expect-error: not a text
  Book.objects.annotate({ x: Lower('pages') })
  // @ts-expect-error: not a text either
  Book.objects.annotate({ x: Lower(Length('title')) })
  // @ts-expect-error: not a number
  Book.objects.annotate({ x: Sqrt('title') })
}

test('types are checked by the compiler', () => {})
