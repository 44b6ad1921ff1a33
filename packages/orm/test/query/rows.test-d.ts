import type { Decimal } from 'decimal.js'
import { expectTypeOf, test } from 'vitest'
import {
  Count,
  type CustomLookups,
  F,
  FilteredRelation,
  json,
  Length,
  Lower,
  Model,
  manager,
  Now,
  Prefetch,
  Q,
  type QuerySet,
  Sum,
  Value,
} from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book, type BookQuerySet, Tag, Voucher } from '../library/book.ts'

class Page extends Model({ data: json(), loose: json<unknown>({ null: true }) }) {
  static objects = manager(Page)
}

// Only checked by the compiler: nothing here runs.
export async function values() {
  const [row] = await Book.objects.values(
    'title',
    'editor__name',
    { lower: Lower('title'), big: F('isbn') },
    'created__year',
  )
  expectTypeOf(row!).toEqualTypeOf<{
    title: string
    editor__name: string | null
    lower: string
    big: bigint | null
    created__year: number
  }>()
  const [all] = await Voucher.objects.values()
  expectTypeOf(all!).toExtend<{ code: string; uses: string[]; bookId: number }>()
  expectTypeOf((await Tag.objects.values())[0]!).toExtend<{ id: number; name: string }>()
  // @ts-expect-error: another model's column
  all!.title
  Book.objects.values({ lower: Lower('title') }).filter({ lower__startswith: 'x', pages__gt: 3 })

  const [list] = await Book.objects.valuesList('title', Length('title'), { n: F('pages') })
  expectTypeOf(list!).toEqualTypeOf<[string, number, number | null]>()
  expectTypeOf(await Book.objects.valuesList(Lower('title'), { flat: true })).toEqualTypeOf<string[]>()

  const groups = await Book.objects
    .values('author__name')
    .annotate({ n: Count('id'), total: Sum('pages') })
    .orderBy('-n')
  expectTypeOf(groups[0]!.author__name).toEqualTypeOf<string>()
  expectTypeOf(groups[0]!.n).toEqualTypeOf<number>()
  expectTypeOf(groups[0]!.total).toEqualTypeOf<number | null>()
  expectTypeOf(await Author.objects.annotate({ n: Count('books') }).values('n', 'name')).toEqualTypeOf<
    { n: number; name: string }[]
  >()

  // @ts-expect-error: no such path
  Book.objects.values('title', 'nope')
  // @ts-expect-error: an expression that does not fit
  Book.objects.values({ x: Lower('pages') })
  // @ts-expect-error: no such path
  Book.objects.valuesList(Lower('nope'), { flat: true })
}

export async function annotations() {
  const books = Book.objects.annotate({ lower: Lower('title'), length: Length('lower') })
  const [book] = await books.filter({ lower__contains: 'x', length__gt: 3 }).orderBy('-length', 'lower')
  expectTypeOf(book!.length).toEqualTypeOf<number>()
  expectTypeOf(book!.title).toEqualTypeOf<string>()
  expectTypeOf((await books.published().longerThan(3))[0]!.lower).toEqualTypeOf<string>()
  const plain: Book = book!
  const own: BookQuerySet = books

  const hidden = Book.objects.alias({ lower: Lower('title') }).filter({ lower: 'x' })
  expectTypeOf(await hidden).toEqualTypeOf<Book[]>()
  // @ts-expect-error: hidden from rows
  ;(await hidden)[0]!.lower
  // @ts-expect-error: no such annotation
  Book.objects.annotate({ lower: Lower('title') }).filter({ upper: 'x' })
  // @ts-expect-error: an annotation of another type
  Book.objects.annotate({ lower: Lower('title') }).filter({ lower__gt: 3 })
  // @ts-expect-error: an earlier annotation of another type
  Book.objects.annotate({ length: Length('title') }).annotate({ x: Lower('length') })
  // @ts-expect-error: one of the same call of another type
  Book.objects.annotate({ length: Length('title'), x: Lower('length') })
  const { mean } = await Book.objects.aggregate({
    n: Count('id'),
    total: Sum('pages'),
    mean: F('total').divide(F('n')),
  })
  expectTypeOf(mean).toEqualTypeOf<number | null>()
  return [plain, own]
}

export async function deferred() {
  const [book] = await Book.objects.only('title', 'author').published().filter({ pages__gt: 3 })
  expectTypeOf(book!.title).toEqualTypeOf<string>()
  expectTypeOf(book!.id).toEqualTypeOf<number>()
  expectTypeOf(book!.authorId).toEqualTypeOf<number>()
  expectTypeOf(await book!.pages).toEqualTypeOf<number | null>()
  expectTypeOf(await book!.price).toEqualTypeOf<Decimal | null>()
  // @ts-expect-error: a column that was left out must be awaited
  book!.created.epochMilliseconds
  // @ts-expect-error: a row that lacks columns is no whole one
  const whole: Book = book!
  const [other] = await Book.objects.defer('pages', 'author').selectRelated('editor')
  expectTypeOf(await other!.pages).toEqualTypeOf<number | null>()
  expectTypeOf(await other!.authorId).toEqualTypeOf<number>()
  expectTypeOf(other!.title).toEqualTypeOf<string>()
  expectTypeOf(other!.editor?.name).toEqualTypeOf<string | undefined>()
  // @ts-expect-error: a column that was left out must be awaited
  other!.pages?.toFixed()
  // @ts-expect-error: no such column
  Book.objects.defer('nope')
  // @ts-expect-error: no such column
  Book.objects.only('title', 'author__nope')
  return whole
}

export async function orders() {
  Book.objects.orderBy('-title', F('pages').desc({ nullsLast: true }), Lower('author__name'), '?')
  Book.objects.orderBy(Lower('title').asc(), 'author', '-pk')
  // @ts-expect-error: no such path
  Book.objects.orderBy('title', F('nope').desc())
  // @ts-expect-error: not a text
  Book.objects.orderBy(Lower('pages'))
  // @ts-expect-error: no such option
  F('pages').desc({ nullLast: true })
}

export async function conditions(author: Author) {
  Book.objects.filter({ title: 'x' }, Q({ pages: 3 }), { author })
  Book.objects.filter({ pages__gt: F('authorId'), title: Lower('author__name'), editor: F('author') })
  Book.objects.filter({ pages__in: [1, F('id')], pages__range: [F('id'), 10] })
  Book.objects.filter({ price__gt: F('pages'), created__lt: F('publishedAt') })
  Book.objects.filter(Q({ title: 'x' }).xor({ pages__gt: F('id') }))
  Book.objects.exclude({ title: 'x' }, Q({ title: 'y' }))
  Book.objects.filter()
  const list = [Q({ title: 'x' }), Q({ title: 'y' })]
  Book.objects.filter(...list)

  Book.objects.filter({ pages: Book.objects.values('pages').slice(0, 1), author: Author.objects.slice(0, 1) })
  Book.objects.filter(F('isDraft'), Q(F('isDraft')).not())

  // @ts-expect-error: a query of another type
  Book.objects.filter({ pages: Book.objects.values('title').slice(0, 1) })
  // @ts-expect-error: a column that is no condition
  Book.objects.filter(F('pages'))
  // @ts-expect-error: the second does not fit
  Book.objects.filter({ title: 'x' }, { pages: 'x' })
  // @ts-expect-error: of another type
  Book.objects.filter({ title: F('pages') })
  // @ts-expect-error: no such path
  Book.objects.filter({ pages: F('nope') })
  // @ts-expect-error: one of the values does not fit
  Book.objects.filter({ pages__in: [1, F('title')] })
  // @ts-expect-error: one of the values does not fit
  Book.objects.filter({ pages__in: [1, 'x'] })
  // @ts-expect-error: a wrong path in xor
  Book.objects.filter(Q({ title: 'x' }).xor({ nope: 3 }))
  // @ts-expect-error: an expression of another type in a Q
  Book.objects.filter(Q({ title: F('pages') }))
}

export async function combined() {
  const books: BookQuerySet = Book.objects.filter({ id: 1 }).union(Book.objects.filter({ id: 2 }), { all: true })
  expectTypeOf(await books.intersection(Book.objects.all()).difference(Book.objects.none())).toEqualTypeOf<Book[]>()
  Book.objects.values('title').union(Book.objects.values('title'))
  Book.objects
    .filter({ id: 1 })
    .or(Book.objects.filter({ id: 2 }))
    .and(Book.objects.all())
  // @ts-expect-error: rows of another model
  Book.objects.union(Author.objects.all())
  // @ts-expect-error: other columns
  Book.objects.values('title').union(Book.objects.values('pages'))
  // @ts-expect-error: another model's
  Book.objects.or(Author.objects.all())
}

export async function related() {
  const authors = await Author.objects.prefetchRelated(
    'books__tags',
    Prefetch('books', Book.objects.filter({ pages__gt: 3 }).annotate({ lower: Lower('title') }), { toAttr: 'long' }),
    Prefetch('pupils', undefined, { toAttr: 'taught' }),
  )
  expectTypeOf(authors[0]!.long[0]!.lower).toEqualTypeOf<string>()
  expectTypeOf(authors[0]!.taught).toExtend<readonly Author[]>()
  const plain: QuerySet<typeof Author> = Author.objects.prefetchRelated('books')
  Author.objects.prefetchRelated(null)
  // @ts-expect-error: no such relation
  Author.objects.prefetchRelated(Prefetch('boks'))
  // @ts-expect-error: no such relation behind one
  Author.objects.prefetchRelated('books__nope')

  const joined = Author.objects.alias({ long: FilteredRelation('books', { condition: { books__pages__gt: 300 } }) })
  joined.filter({ long__title: 'x', long__pages__gt: 3 }).values('long__title')
  // @ts-expect-error: no such path behind it
  joined.filter({ long__nope: 'x' })
  // @ts-expect-error: no such relation
  Author.objects.alias({ long: FilteredRelation('boks', { condition: { name: 'x' } }) })
  // @ts-expect-error: a condition that does not fit
  Author.objects.alias({ long: FilteredRelation('books', { condition: { books__pages: 'x' } }) })
  return plain
}

export async function writing() {
  await Book.objects.update({ pages: F('pages').add(1), title: Lower('title'), editor: F('author') })
  await Book.objects.update({ title: Value('x'), price: '3.50', author: 3 as never })
  // @ts-expect-error: no such path
  await Book.objects.update({ pages: F('nope') })
  // @ts-expect-error: of another type
  await Book.objects.update({ pages: Lower('title') })
  // @ts-expect-error: no such column
  await Book.objects.update({ nope: F('pages') })
  // @ts-expect-error: a wrong value
  await Book.objects.update({ pages: 'x' })
  // @ts-expect-error: undefined is no value
  await Book.objects.update({ pages: undefined })
}

export async function creating(author: Author) {
  await Book.objects.create({ title: Lower(Value('X')), author, publishedAt: Now(), pages: Value(3).add(1) })
  new Book({ publishedAt: Now() })
  // @ts-expect-error: of another type
  await Book.objects.create({ title: Now(), author })
  // @ts-expect-error: of another type
  await Book.objects.create({ title: Value(3), author })
}

export async function documents() {
  Voucher.objects.filter({
    terms__days: 3,
    terms__days__gt: 4,
    uses__0: 'x',
    terms__hasKey: 'days',
    terms__contains: { days: 3 },
  })
  Voucher.objects.filter({ terms: { days: 3 }, terms__days__in: [1, 2], terms__isnull: false })
  const [row] = await Voucher.objects.values('terms__days')
  expectTypeOf(row!).toEqualTypeOf<{ terms__days: number | null }>()
  Page.objects.filter({
    data__any__key__0: 3,
    data__owner__icontains: 'x',
    data__a__isnull: true,
    data__hasKeys: ['a'],
  })
  Page.objects
    .filter({ data: { a: [1, 'x'] }, data__n__gt: 3, data__in: [1, 'x'] })
    .orderBy('-data__n')
    .values('data__n')
  Page.objects.filter({ loose__a__gt: 3, loose__hasKey: 'a', loose__b__icontains: 'x' }).orderBy('loose__a')
  // @ts-expect-error: a wrong value
  Page.objects.filter({ data__hasKey: 3 })

  // @ts-expect-error: no such key
  Voucher.objects.filter({ terms__hours: 3 })
  // @ts-expect-error: a wrong value
  Voucher.objects.filter({ terms__days: 'x' })
  // @ts-expect-error: a wrong value
  Voucher.objects.filter({ terms__days__gt: 'x' })
  // @ts-expect-error: a document of another form
  Voucher.objects.filter({ terms: { hours: 3 } })
}

declare module '../../src/lookups/custom-lookups.ts' {
  interface CustomLookups<T> {
    soundsLike: T extends string ? string : never
  }
}

export function customLookups() {
  expectTypeOf<CustomLookups<string>['soundsLike']>().toEqualTypeOf<string>()
  Book.objects.filter({ title__soundsLike: 'x', author__name__soundsLike: 'y' })
  // @ts-expect-error: a wrong value
  Book.objects.filter({ title__soundsLike: 3 })
  // @ts-expect-error: numbers do not have it
  Book.objects.filter({ pages__soundsLike: 'x' })
}

test('types are checked by the compiler', () => {})
