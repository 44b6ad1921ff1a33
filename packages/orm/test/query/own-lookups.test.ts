import { describe, expect, test } from 'vitest'
import { integer, registerLookup, registerTransform, sql } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

declare module '../../src/lookups/custom-lookups.ts' {
  interface CustomLookups<T> {
    longerThan: T extends string ? string : never
    multipleOf: T extends number | string ? number : never
    differsFromBoth: T extends number ? readonly [number, number] : never
  }
  interface CustomTransforms<T> {
    size: T extends string ? number : never
  }
}

registerLookup('text', { name: 'longerThan', sql: ({ lhs, rhs: [value] }) => sql`LENGTH(${lhs}) > LENGTH(${value!})` })
registerLookup('integer', { name: 'multipleOf', sql: ({ lhs, rhs: [value] }) => sql`${lhs} % ${value!} = 0` })
registerLookup('text', {
  name: 'multipleOf',
  sql: ({ lhs, rhs: [value] }) => sql`LENGTH(${lhs}) % CAST(${value!} AS integer) = 0`,
  params: (value) => [value as number],
})
registerLookup('integer', {
  name: 'differsFromBoth',
  sql: ({ lhs, rhs: [one, other] }) => sql`(${lhs} <> ${one!} AND ${lhs} <> ${other!})`,
  params: (value, field) => (value as number[]).map((each) => field.toSql(each)),
})
registerTransform('text', {
  name: 'size',
  sql: ({ args: [text] }) => sql`LENGTH(${text!})`,
  output: integer(),
})

useLibrary()

const titles = async (books: PromiseLike<readonly Book[]>) => (await books).map(({ title }) => title).join(' ')

describe('a lookup of a project', () => {
  test('compares as its SQL says, with bound values', async () => {
    await fillLibrary()
    expect(await titles(Book.objects.filter({ title__longerThan: 'abc' }))).toBe('Three Four Five')
    expect(await titles(Book.objects.filter({ title__longerThan: "'); DROP TABLE library_book; --" }))).toBe('')
    expect(await titles(Book.objects.filter({ pages__multipleOf: 100 }))).toBe('One Three')
    expect(await titles(Book.objects.filter({ pages__differsFromBoth: [100, 50] }))).toBe('Three')
  })

  test('over relations and under a negation', async () => {
    await fillLibrary()
    expect(await titles(Book.objects.filter({ author__name__longerThan: 'Bob' }))).toBe('Five')
    expect(await titles(Book.objects.exclude({ pages__multipleOf: 100 }))).toBe('Two Four Five')
  })

  test('of one name is another one for another kind of column', async () => {
    await fillLibrary()
    expect(await titles(Book.objects.filter({ title__multipleOf: 2 }))).toBe('Four Five')
    expect(await titles(Book.objects.filter({ pages__multipleOf: 2 }))).toBe('One Three Four')
  })

  test('refuses what its column cannot hold', () => {
    expect(() => Book.objects.filter({ pages__multipleOf: 'x' as never })).toThrow(/an integer/)
    expect(() => Book.objects.filter({ pages__longerThan: 'x' } as never)).toThrow(/longerThan/)
  })
})

describe('a transform of a project', () => {
  test('goes before other lookups', async () => {
    await fillLibrary()
    expect(await titles(Book.objects.filter({ title__size: 5 }))).toBe('Three')
    expect(await titles(Book.objects.filter({ author__name__size__gt: 3 }))).toBe('Five')
    expect(await titles(Book.objects.filter({ title__size__multipleOf: 2 }))).toBe('Four Five')
  })

  test('in orders and values', async () => {
    await fillLibrary()
    expect(await Author.objects.values('name__size').orderBy('-name__size', 'name').first()).toEqual({ name__size: 4 })
  })
})
