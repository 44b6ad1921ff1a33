import { expect, test } from 'vitest'
import {
  Case,
  char,
  defineFunction,
  Exists,
  F,
  integer,
  Length,
  Lower,
  OuterRef,
  Q,
  RawSQL,
  Subquery,
  Value,
  When,
} from '../../../src/index.ts'
import { Author } from '../../library/author.ts'
import { Book } from '../../library/book.ts'
import { fillLibrary, useLibrary } from '../../library/use-library.ts'

useLibrary()

const size = Case(When({ pages__gte: 300 }, Value('long')), When(Q({ pages__gte: 100 }), Value('middle')), {
  default: Value('short'),
})

test('the first branch that holds', async () => {
  await fillLibrary()
  const sizes = Book.objects.annotate({ size })
  expect((await sizes).map((book) => book.size)).toEqual(['middle', 'short', 'long', 'short', 'short'])
  expect((await sizes.filter({ size: 'short' })).map(({ title }) => title)).toEqual(['Two', 'Four', 'Five'])
  expect((await sizes.orderBy('-size', 'title')).map(({ title }) => title)).toEqual([
    'Five',
    'Four',
    'Two',
    'One',
    'Three',
  ])
})

test('no branch, no default', async () => {
  await fillLibrary()
  const some = await Book.objects.annotate({ some: Case(When({ author__name: 'Ada' }, 'pages')) })
  expect(some.map((book) => book.some)).toEqual([100, null, null, null, null])
})

test('conditions over relations, expressions as results', async () => {
  await fillLibrary()
  const named = Case(When({ editor__isnull: true }, Lower('author__name')), { default: 'editor__name' })
  const rows = await Book.objects.annotate({ named })
  expect(rows.map((book) => book.named)).toEqual(['Bob', 'ada', 'Ada', 'bob', 'Cleo'])
})

test('a subquery of one value', async () => {
  await fillLibrary()
  const longest = Book.objects.filter({ author: OuterRef('pk'), pages__isnull: false }).orderBy('-pages')
  const authors = await Author.objects.annotate({ longest: Subquery(longest.values('title').slice(0, 1)) })
  expect(authors.map((author) => author.longest)).toEqual(['One', 'Three', null])
})

test('whether a query has rows', async () => {
  await fillLibrary()
  const edits = Exists(Book.objects.filter({ editor: OuterRef('pk'), author: OuterRef('pk') }))
  expect((await Author.objects.filter(edits)).map(({ name }) => name)).toEqual(['Cleo'])
  expect((await Author.objects.filter(edits.not())).map(({ name }) => name)).toEqual(['Ada', 'Bob'])
  expect((await Author.objects.annotate({ edits })).map((author) => author.edits)).toEqual([false, false, true])
})

test("SQL of one's own, with bound values", async () => {
  await fillLibrary()
  const rows = Book.objects.annotate({ rest: RawSQL('pages % ?', [7], { outputField: integer({ null: true }) }) })
  expect((await rows).map((book) => book.rest)).toEqual([2, null, 6, 1, null])
  expect(await rows.filter({ rest__gt: 1 }).count()).toBe(2)
})

test('a function of the database that the ORM does not know', async () => {
  await fillLibrary()
  const Initcap = defineFunction({
    name: 'INITCAP',
    args: ['text'],
    output: char({ maxLength: 100 }),
    sql: ({ args: [text] }) => ({ sql: `UPPER(SUBSTR(${text!.sql}, 1, 1))`, binds: text!.binds }),
  })
  const authors = await Author.objects.annotate({ initial: Initcap(Lower('name')), two: Length(Initcap('name')) })
  expect(authors.map((author) => author.initial)).toEqual(['A', 'B', 'C'])
  expect(authors.map((author) => author.two)).toEqual([1, 1, 1])
  expect(() => Initcap(...(['a', 'b'] as unknown as ['a']))).toThrow('INITCAP() takes 1 arguments (text), got 2.')
})

test('columns compared with columns', async () => {
  await fillLibrary()
  expect((await Book.objects.filter({ editor: F('author') })).map(({ title }) => title)).toEqual(['Five'])
  expect((await Book.objects.filter({ author__name__gt: F('editor__name') })).map(({ title }) => title)).toEqual([
    'Three',
  ])
})
