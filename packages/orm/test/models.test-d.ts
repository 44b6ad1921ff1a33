import type { Decimal } from 'decimal.js'
import { expectTypeOf, test } from 'vitest'
import {
  CASCADE,
  Count,
  char,
  foreignKey,
  Max,
  Model,
  manyToMany,
  Q,
  type QuerySet,
  type Ref,
  reverse,
} from '../src/index.ts'
import { Author, type Profile } from './library/author.ts'
import { Book, type BookQuerySet, Tag, Voucher } from './library/book.ts'

// Only checked by the compiler: nothing here runs.
export async function attributes(book: Book, author: Author, voucher: Voucher) {
  expectTypeOf(book.id).toEqualTypeOf<number>()
  expectTypeOf(book.title).toEqualTypeOf<string>()
  expectTypeOf(book.pages).toEqualTypeOf<number | null>()
  expectTypeOf(book.price).toEqualTypeOf<Decimal | null>()
  expectTypeOf(book.isbn).toEqualTypeOf<bigint | null>()
  expectTypeOf(book.created).toEqualTypeOf<Temporal.Instant>()
  expectTypeOf(book.authorId).toEqualTypeOf<number>()
  expectTypeOf(book.editorId).toEqualTypeOf<number | null>()
  expectTypeOf(await book.author).toEqualTypeOf<Author>()
  expectTypeOf(await book.editor).toEqualTypeOf<Author | null>()
  expectTypeOf(await author.profile).toEqualTypeOf<Profile | null>()
  expectTypeOf(await author.books).toEqualTypeOf<Book[]>()
  expectTypeOf(await (await book.tags)[0]!.books.published().longerThan(3)).toEqualTypeOf<Book[]>()
  expectTypeOf(voucher.id).toEqualTypeOf<string>()
  expectTypeOf(voucher.terms).toEqualTypeOf<{ readonly days: number } | null>()
  expectTypeOf(voucher.uses).toEqualTypeOf<string[]>()
  expectTypeOf(voucher.bookId).toEqualTypeOf<number>()
  expectTypeOf((await voucher.book).title).toEqualTypeOf<string>()

  expectTypeOf(book.author.id).toEqualTypeOf<number>()
  // @ts-expect-error: only the key of an unloaded relation may be read
  book.author.name
  book.author = author
  book.authorId = 3
  book.editor = null
  if (book.editor === null) return
  book.editor satisfies Ref<Author> | Author
  // @ts-expect-error: the relation may not be null
  book.author = null
  // @ts-expect-error: another model's row
  book.author = voucher
  // @ts-expect-error: a filtered queryset relates nothing
  author.books.filter({ title: 'x' }).add(book)
}

export async function lookups(author: Author) {
  Book.objects.filter({ author__mentor__name__icontains: 'x', pages__gt: 3, tags__books__author__name__in: ['a'] })
  Book.objects.filter({
    publishedAt__year: 2026,
    publishedAt__year__gte: 2020,
    created__date: Temporal.PlainDate.from('2026-01-01'),
  })
  Book.objects.filter({
    author,
    authorId: 3,
    author__in: [author, 4],
    author__id__lt: 4,
    editor: null,
    editor__isnull: true,
  })
  Book.objects.filter({
    price__gte: '10.50',
    isbn: 3,
    pk: 4,
    id__in: [1, 2],
    author__in: Author.objects.filter({ name: 'x' }),
  })
  Voucher.objects.filter({ pk: 'x', code__startswith: 'a', book__author__books__pages__range: [1, 2] })
  Author.objects.filter({ profile__bio__iexact: 'x', pupils__name: 'y', born__year__lt: 1900 })

  // @ts-expect-error: no such path
  Book.objects.filter({ author__nam: 'x' })
  // @ts-expect-error: no such field
  Book.objects.filter({ athor: author })
  // @ts-expect-error: no such lookup
  Book.objects.filter({ title__like: 'x' })
  // @ts-expect-error: a lookup of text
  Book.objects.filter({ pages__icontains: 'x' })
  // @ts-expect-error: a part that dates alone have
  Book.objects.filter({ title__year: 3 })
  // @ts-expect-error: a wrong value
  Book.objects.filter({ pages__gt: 'x' })
  // @ts-expect-error: a wrong value behind a relation
  Book.objects.filter({ author__name: 3 })
  // @ts-expect-error: null where the column may not be null
  Book.objects.filter({ title: null })
  // @ts-expect-error: undefined is no filter
  Book.objects.filter({ title: undefined })
  const maybe = { title: 'x' } as { title?: string }
  // @ts-expect-error: a key that may be missing is no filter
  Book.objects.filter(maybe)
  const unsure = 'x' as string | undefined
  // @ts-expect-error: a value that may be undefined
  Book.objects.get({ title: unsure })
  // @ts-expect-error: exclude checks as well
  Book.objects.exclude({ titel: 'x' })

  Book.objects.filter(
    Q({ title: 'x' })
      .or({ author__name: 'y' })
      .and(Q({ pages: 3 }).not()),
  )
  // @ts-expect-error: a wrong path in a Q
  Book.objects.filter(Q({ title: 'x' }).or({ author__nam: 'y' }))
  // @ts-expect-error: a wrong value in a Q
  Book.objects.filter(Q({ title: 3 }))
}

export async function querysets() {
  expectTypeOf(await Book.objects.published().filter({ title: 'x' }).longerThan(3)).toEqualTypeOf<Book[]>()
  const page: QuerySet<typeof Book> = Book.objects
    .published()
    .selectRelated('author')
    .orderBy('-publishedAt', 'author__name', '?', 'pk')
  const own: BookQuerySet = Book.objects.filter({ id: 1 }).exclude({ title: 'x' })
  expectTypeOf(await page.first()).toEqualTypeOf<Book | null>()

  const [loaded] = await own.selectRelated('author__mentor', 'editor').published()
  const plain: Book = loaded!
  expectTypeOf(loaded!.author.initials).toEqualTypeOf<string>()
  expectTypeOf(loaded!.author.mentor?.name).toEqualTypeOf<string | undefined>()
  expectTypeOf(loaded!.editor?.name).toEqualTypeOf<string | undefined>()
  // @ts-expect-error: it may be null
  loaded!.editor.name
  for await (const book of Book.objects.selectRelated('author')) book.author.initials

  const [row] = await Book.objects.values('title', 'author__name', 'editor__name', 'tags__name', 'editor', 'authorId')
  expectTypeOf(row!).toEqualTypeOf<{
    title: string
    author__name: string
    editor__name: string | null
    tags__name: string | null
    editor: number | null
    authorId: number
  }>()
  expectTypeOf(await Book.objects.valuesList('title', { flat: true })).toEqualTypeOf<string[]>()
  expectTypeOf(await Book.objects.valuesList('title', 'pages')).toEqualTypeOf<[string, number | null][]>()

  const counted = await Author.objects
    .annotate({ n: Count('books'), last: Max('books__created') })
    .filter({ n__gt: 3 })
    .orderBy('-n')
  expectTypeOf(counted[0]!.n).toEqualTypeOf<number>()
  expectTypeOf(counted[0]!.last).toEqualTypeOf<Temporal.Instant | null>()
  expectTypeOf((await Author.objects.annotate({ n: Count('books') }).get({ n: 3 })).n).toEqualTypeOf<number>()
  expectTypeOf(await Book.objects.update({ title: 'x', author: 3 as never })).toEqualTypeOf<number>()

  // @ts-expect-error: no such path
  Book.objects.values('nope')
  // @ts-expect-error: no such path behind a relation
  Book.objects.valuesList('author__nope', { flat: true })
  // @ts-expect-error: no such path
  Book.objects.valuesList('title', 'nope')
  // @ts-expect-error: no such path
  Book.objects.orderBy('-nope')
  // @ts-expect-error: no such path behind a relation
  Book.objects.orderBy('author__nope')
  // @ts-expect-error: no such annotation
  Author.objects.annotate({ n: Count('books') }).filter({ m__gt: 3 })
  // @ts-expect-error: no such path in an aggregate
  Author.objects.annotate({ n: Count('boks') })
  // @ts-expect-error: leads to many rows
  Book.objects.selectRelated('tags')
  // @ts-expect-error: no relation
  Book.objects.prefetchRelated('title')
  // @ts-expect-error: no such column
  Book.objects.update({ nope: 1 })
}

export async function creating(author: Author) {
  const book = await Book.objects.create({ title: 'x', author, price: '3.50' })
  expectTypeOf(book).toEqualTypeOf<Book>()
  await Book.objects.create({ title: 'x', authorId: 3, pages: null, editor: null })
  await Author.objects.create({ name: 'x', slug: 'x' })
  await Tag.objects.getOrCreate({ name: 'x' })
  new Book({ title: 'x' })
  // @ts-expect-error: the title is missing
  await Book.objects.create({ author })
  // @ts-expect-error: the author is missing
  await Book.objects.create({ title: 'x' })
  // @ts-expect-error: no such column
  await Tag.objects.create({ name: 'x', nope: 1 })
  // @ts-expect-error: a wrong value
  await Tag.objects.create({ name: 1 })
  // @ts-expect-error: undefined is no value
  await Tag.objects.create({ name: undefined })
}

export function declarations() {
  // @ts-expect-error: no such relation
  reverse(Book, 'nonsense')
  // @ts-expect-error: no relation
  reverse(Book, 'title')
  // @ts-expect-error: no such option
  char({ maxLength: 3, nul: true })
  // @ts-expect-error: the length is missing
  char({})
  // @ts-expect-error: what happens on deletion is missing
  foreignKey(Author, {})
  // @ts-expect-error: ordering by what is no field
  Model({ title: char({ maxLength: 3 }) }, { ordering: ['titel'] })
  const Status = Model(
    {
      status: char({
        maxLength: 1,
        choices: [
          ['d', 'Draft'],
          ['p', 'Published'],
        ],
      }),
      get author() {
        return foreignKey(Author, { onDelete: CASCADE })
      },
      get tags() {
        return manyToMany(Tag)
      },
    },
    { ordering: ['-author__name', 'status'] },
  )
  expectTypeOf(new Status().status).toEqualTypeOf<'d' | 'p'>()
  expectTypeOf(new Status().getStatusDisplay()).toEqualTypeOf<string>()
  // @ts-expect-error: only fields with choices have labels
  new Status().getIdDisplay()
  // @ts-expect-error: only fields with choices have labels
  new Tag().getNameDisplay()
}

test('types are checked by the compiler', () => {})
