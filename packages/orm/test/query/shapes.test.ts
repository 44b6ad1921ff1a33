import { beforeEach, expect, test } from 'vitest'
import { BoolAnd, Coalesce, Count, F, Lower, Q, Sum, Value } from '../../src/index.ts'
import { asQuery, type QuerySource } from '../../src/query/query.ts'
import { Book, Voucher } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()
beforeEach(async () => void (await fillLibrary()))

const { objects } = Book
const shape = (querySet: QuerySource) => querySet[asQuery]().shape
/** Querysets as they are called, whatever the compiler would say of their paths. */
const loose = Voucher.objects as unknown as Record<string, (...args: unknown[]) => QuerySource>

test('queries that differ in values alone have one shape', () => {
  expect(shape(objects.filter({ pages: 1, title__contains: 'a' }))).toBe(
    shape(objects.filter({ pages: 2, title__contains: 'b' })),
  )
  const more = (by: number, text: string) =>
    objects.annotate({ x: F('pages').add(by), y: Coalesce('title', Value(text)) })
  expect(shape(more(1, 'a'))).toBe(shape(more(2, 'b')))
  expect(shape(objects.filter({ pages__in: [1, 2, 3] }))).toBe(shape(objects.filter({ pages__in: [4, 5, 6, 7] })))
})

test.each([
  ['null is another test', objects.filter({ pages: null }), objects.filter({ pages: 1 })],
  ['a number of another type', objects.annotate({ x: Value(1) }), objects.annotate({ x: Value(1.5) })],
  ['an alias is not shown', objects.annotate({ x: F('pages') }), objects.alias({ x: F('pages') })],
  ['a direction', objects.orderBy(F('pages').asc()), objects.orderBy(F('pages').desc())],
  ['whose direction it is', objects.orderBy(F('pages').desc(), 'title'), objects.orderBy(F('pages'), '-title')],
  [
    'whose direction it is, after a path',
    objects.orderBy(F('pages').desc(), 'title'),
    objects.orderBy('pages', '-title'),
  ],
  [
    'a condition beside an aggregate and one of it',
    loose['annotate']!({
      x: Q(BoolAnd('uses' as never) as never).and(Q({ terms: null }).or({ image: null })) as never,
    }),
    loose['annotate']!({
      x: Q(BoolAnd('uses' as never, { filter: Q({ terms: null }).or({ image: null }) }) as never) as never,
    }),
  ],
  ['where nulls stand', objects.orderBy(F('pages').asc()), objects.orderBy(F('pages').asc({ nullsLast: true }))],
  ['a connector', objects.filter(Q({ pages: 1 }).or({ id: 1 })), objects.filter(Q({ pages: 1 }).xor({ id: 1 }))],
  ['distinct', objects.annotate({ n: Count('tags') }), objects.annotate({ n: Count('tags', { distinct: true }) })],
  [
    'a filter',
    objects.annotate({ n: Count('tags') }),
    objects.annotate({ n: Count('tags', { filter: Q({ id: 1 }) }) }),
  ],
  ['a default', objects.annotate({ n: Sum('pages') }), objects.annotate({ n: Sum('pages', { default: 0 }) })],
  ['none', objects.all(), objects.none()],
  ['a list that says a thing twice', objects.values('title', 'title'), objects.valuesList('title', 'title')],
  ['a slice within', objects.filter({ id__in: objects.slice(0, 1) }), objects.filter({ id__in: objects.slice(0, 2) })],
  ['a union', objects.union(objects.all()), objects.union(objects.all(), { all: true })],
  [
    'keys of documents that look like other text',
    loose['annotate']!({ x: Coalesce('terms__a,Fterms__b' as never, 'terms__c' as never) }),
    loose['annotate']!({ x: Coalesce('terms__a' as never, 'terms__b' as never, 'terms__c' as never) }),
  ],
  [
    'a condition on a key that looks like two',
    loose['filter']!({ 'terms__a:exact1,terms__b': 1 }),
    loose['filter']!({ terms__a: 1, terms__b: 1 }),
  ],
])('what changes the statement changes the shape: %s', (_what, one, other) => {
  expect(shape(one)).not.toBe(shape(other))
})

test('a statement that was compiled for another query is not used', async () => {
  expect(await objects.values('title', 'title').first()).toEqual({ title: 'One' })
  expect(await objects.valuesList('title', 'title').first()).toEqual(['One', 'One'])
  const lower = objects.annotate({ x: Lower('title') })
  expect(await lower.filter({ x: 'one' }).count()).toBe(1)
  expect(await lower.filter({ x: 'One' }).count()).toBe(0)
})
