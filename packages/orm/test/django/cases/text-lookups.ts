import { Book, Country, Publisher } from '../neutral.ts'
import { type Cases, each } from './case.ts'

const caseless = ['iexact', 'icontains', 'istartswith', 'iendswith']
const minding = ['exact', 'contains', 'startswith', 'endswith']
/** What LIKE, GLOB and string literals could take for something else. None has letters, whose case SQLite's LIKE does not mind. */
const marks = ['%', '_', '\\', '\\%', "'", '"', '*', '?', '[', '.', '']

export const textLookups: Cases = {
  ...each(
    marks.flatMap((mark) => [...caseless, ...minding].map((lookup) => ({ mark, lookup }))),
    ({ mark, lookup }) => `${lookup} ${JSON.stringify(mark)}`,
    ({ mark, lookup }) => Book.filter({ [`title__${lookup}`]: mark }),
  ),
  ...each(
    caseless.flatMap((lookup) => ['aBC', 'HELLO', 'a_B', 'a%b', 'e'].map((word) => ({ word, lookup }))),
    ({ word, lookup }) => `${lookup} ${word}`,
    ({ word, lookup }) => Book.filter({ [`title__${lookup}`]: word }),
  ),
  'exact minds case': Book.filter({ title: 'abc' }),
  'exact beyond ASCII': Book.filter({ title: 'École' }),
  'iexact null': Book.filter({ subtitle__iexact: null }),
  'exact null': Book.filter({ subtitle__exact: null }),
  'exclude of a nullable column keeps its NULLs': Book.exclude({ subtitle: 'abc' }),
  'exclude icontains of a nullable column': Book.exclude({ subtitle__icontains: 'a' }),
  ...each(
    ['gt', 'gte', 'lt', 'lte'],
    (lookup) => `${lookup} by code points`,
    (lookup) => Book.filter({ [`title__${lookup}`]: 'Hello World' }),
  ),
  in: Book.filter({ title__in: ['abc', 'ABC', 'é', 'nowhere', 'abc'] }),
  'in nothing': Book.filter({ title__in: [] }),
  'exclude in nothing': Book.exclude({ title__in: [] }),
  'in, of a nullable column, with null': Book.filter({ subtitle__in: ['a', null] }),
  'exclude in, of a nullable column': Book.exclude({ subtitle__in: ['a', 'A', ''] }),
  range: Book.filter({ title__range: ['A', 'b'] }),
  'range turned round': Book.filter({ title__range: ['b', 'A'] }),
  'exclude range': Book.exclude({ subtitle__range: ['A', 'b'] }),
  isnull: Book.filter({ subtitle__isnull: true }),
  'is not null': Book.filter({ subtitle__isnull: false }),
  ...each(
    ['^a', 'c$', '^[a-c]+$', 'l+o', '\\d', '\\.', '^$', '(ab|AB)c', 'a.c', '^\\s'],
    (pattern) => `regex ${pattern}`,
    (pattern) => Book.filter({ title__regex: pattern }),
  ),
  ...each(
    ['^a', '[BC]$', 'HELLO', '(?:ab|xy)'],
    (pattern) => `iregex ${pattern}`,
    (pattern) => Book.filter({ title__iregex: pattern }),
  ),
  'exclude regex of a nullable column': Book.exclude({ subtitle__regex: '^a' }),
  'of a text key': Country.filter({ code__in: ['FR', 'DE'] }),
  'pk of a text key': Country.filter({ pk: 'FR' }),
  'pk__in of a text key': Country.filter({ pk__in: ['FR', 'XX', 'nowhere'] }),
  slug: Book.filter({ slug__startswith: 'book-1' }),
  url: Publisher.filter({ homepage__icontains: 'A_B' }),
  uuid: Book.filter({ code: '00000007-0000-4000-8000-00000000abcd' }),
  'uuid in': Book.filter({
    code__in: ['00000007-0000-4000-8000-00000000abcd', '00000008-0000-4000-8000-00000000abcd'],
  }),
  'exclude uuid': Book.exclude({ code: '00000007-0000-4000-8000-00000000abcd' }),
  'several of one column': Book.filter({ title__gte: 'a', title__lt: 'c', title__icontains: 'b' }),
  // Where SQLite and PostgreSQL differ, Nuages does as PostgreSQL: see known-differences.ts.
  'contains minds case': Book.filter({ title__contains: 'abc' }),
  'startswith minds case': Book.filter({ title__startswith: 'ab' }),
  'endswith minds case': Book.filter({ title__endswith: 'BC' }),
  'iexact beyond ASCII': Book.filter({ title__iexact: 'ÉCOLE' }),
  'icontains beyond ASCII': Book.filter({ title__icontains: 'Ω' }),
}
