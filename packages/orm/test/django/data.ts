/** Numbers that look random and are the same every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const next = numbers(20_261_125)
const below = (count: number): number => Math.floor(next() * count)
const one = <T>(...from: readonly T[]): T => from[below(from.length)]!
const maybe = <T>(value: T, chance = 0.25): T | null => (next() < chance ? null : value)
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

/** Text that a pattern, an escape or a change of case could get wrong. */
export const texts: readonly string[] = [
  ...['', 'a', 'A', 'Abc', 'abc', 'ABC', 'aBc', 'hello world', 'Hello World', ' padded ', 'x\ny', '\t'],
  ...['100%', '100 percent', '%', '_', 'a_b', 'axb', 'a%b', 'back\\slash', '\\', '\\%', "it's", 'say "hi"', '`tick`'],
  ...[
    '[a]',
    '*',
    'a*c',
    '?',
    'a?c',
    '{x}',
    '(paren',
    '^start',
    'end$',
    'a.c',
    'a|b',
    '123',
    '12.50',
    '0',
    '-1',
    'NULL',
  ],
  ...[
    'é',
    'É',
    'école',
    'École',
    'straße',
    'STRASSE',
    'Ünïcödé',
    'ñandú',
    'Ωmega',
    'ωmega',
    '日本語',
    '😀 smile',
    'ﬁ',
    'İ',
  ],
]

export const dates: readonly string[] = [
  ...['2020-12-31', '2021-01-01', '2021-01-03', '2021-01-04', '2018-12-31', '2016-01-03', '2015-12-31', '2024-02-29'],
  ...['2000-02-29', '1999-12-31', '2000-01-01', '1970-01-01', '1969-12-31', '1900-01-01', '2023-03-26', '2023-10-29'],
  ...['2022-06-15', '2022-06-15', '2022-07-01', '2022-09-30', '2022-10-01', '2022-04-01', '1066-10-14', '2100-02-28'],
]

/** In UTC. Among them the hours around which the clocks of Paris change, and years that end earlier there. */
export const instants: readonly string[] = [
  ...['2020-12-31T22:59:59Z', '2020-12-31T23:00:00Z', '2020-12-31T23:30:00Z', '2021-01-01T00:00:00Z'],
  ...['2023-03-26T00:59:59Z', '2023-03-26T01:00:00Z', '2023-03-26T01:30:00.5Z', '2023-10-29T00:30:00Z'],
  ...['2023-10-29T01:30:00Z', '2023-10-29T02:00:00Z', '2024-02-28T23:15:00Z', '2024-02-29T12:00:00.123456Z'],
  ...['2022-06-14T22:00:00Z', '2022-06-15T12:34:56.000001Z', '2022-06-15T12:34:56Z', '1999-12-31T23:59:59.999999Z'],
  ...['1970-01-01T00:00:00Z', '1950-05-05T05:05:05Z', '2022-03-31T22:30:00Z', '2022-09-30T22:00:00Z'],
]

export const times: readonly string[] = [
  '00:00:00',
  '09:30:00',
  '09:30:15',
  '12:00:00.5',
  '23:59:59.999999',
  '18:45:00',
]
export const durations: readonly number[] = [
  0, 1, 500_000, 1_000_000, 90_000_000, 3_600_000_000, 86_400_000_000, -60_000_000,
]
export const prices: readonly string[] = [
  '0.00',
  '0.01',
  '9.99',
  '10.00',
  '10.50',
  '24.90',
  '24.90',
  '99.99',
  '1000.00',
  '-5.25',
]
export const bigs: readonly bigint[] = [
  0n,
  1n,
  42n,
  -7n,
  4_294_967_296n,
  9_007_199_254_740_993n,
  -9_007_199_254_740_995n,
]
export const documents: readonly unknown[] = [
  ...[{}, [], { a: 1 }, { a: '1' }, { a: null }, { a: { b: [1, 2, { c: true }] } }, [1, 2, 3], 'text', 7, true, 1.5],
  ...[{ a: [], b: 'x' }, { a: { b: 'deep' }, list: ['x', 'y'] }, { 'with space': 1, '0': 'zero' }, { name: 'Ünï' }],
]

type Rows = readonly Readonly<Record<string, unknown>>[]

const countries: Rows = ['FR', 'DE', 'IT', 'JP', 'US', 'XX'].map((code) => ({ code, name: `Country ${code}` }))

const publishers: Rows = upTo(14).map((id) => ({
  id,
  name: one('Ace', 'Bantam', 'Gallimard', 'Knopf', 'ace', 'É', ''),
  slug: `publisher-${id}`,
  city: maybe(one('Paris', 'New York', 'Berlin', 'paris')),
  founded: maybe(1900 + below(100)),
  homepage: one('', 'https://example.com/', `https://p${id}.example.com/a_b`),
  countryId: maybe(one('FR', 'DE', 'IT', 'JP')),
  parentId: id > 4 ? maybe(1 + below(id - 1), 0.4) : null,
}))

const authors: Rows = upTo(36).map((id) => ({
  id,
  name: one('Ada', 'Bob', 'Cleo', 'Dora', 'ada', 'Émile', 'Zoé', 'O’Neil', "O'Neil", ''),
  email: maybe(`author${below(20)}@example.${one('com', 'ORG', 'fr')}`),
  born: maybe(one(...dates)),
  rating: maybe(one(0, 0.1, 1.5, 2.5, 2.5, 3.75, 4, 4.999, -1, 1e10)),
  isActive: maybe(one(true, false)),
  mentorId: id > 3 ? maybe(1 + below(id - 1), 0.4) : null,
}))

const profiles: Rows = upTo(20).map((id) => ({
  id,
  bio: one(...texts),
  website: maybe('https://example.com/'),
  authorId: id + Math.floor(id / 3),
}))

const tags: Rows = upTo(18).map((id) => ({
  id,
  name: `${one('sf', 'poem', 'Fun', 'drama', 'SF')}-${id}`,
  parentId: id > 5 ? maybe(1 + below(id - 1), 0.5) : null,
}))

const books: Rows = upTo(140).map((id) => ({
  id,
  title: id <= texts.length ? texts[id - 1] : one(...texts),
  subtitle: maybe(one(...texts), 0.4),
  slug: `book-${id}`,
  code: maybe(`${String(id % 50).padStart(8, '0')}-0000-4000-8000-00000000abcd`),
  pages: maybe(one(1, 50, 100, 100, 250, 300, 300, 999, 0)),
  copies: maybe(one(...bigs)),
  price: maybe(one(...prices)),
  discount: one('0.00', '0.10', '1.50', '5.00'),
  rating: maybe(one(0, 0.5, 1, 2.25, 3.3, 4.75, 5, -2.5, -0.5)),
  published: maybe(one(...dates), 0.15),
  createdAt: one(...instants),
  updatedAt: maybe(one(...instants), 0.3),
  opensAt: maybe(one(...times), 0.3),
  readingTime: maybe(one(...durations), 0.3),
  isDraft: next() < 0.3,
  isTranslated: maybe(one(true, false), 0.35),
  data: maybe(one(...documents), 0.2),
  cover: maybe(one('', '00', 'ff00ff', 'deadbeef'), 0.5),
  authorId: 1 + below(30),
  editorId: maybe(1 + below(36), 0.4),
  publisherId: maybe(1 + below(12)),
}))

const bookIds = (): number => 1 + below(120)

const contributions: Rows = upTo(120).map((id) => ({
  id,
  role: one('translator', 'illustrator', 'editor', 'Editor'),
  position: 1 + below(4),
  bookId: bookIds(),
  authorId: 1 + below(34),
}))

const reviews: Rows = upTo(260).map((id) => ({
  id,
  stars: 1 + below(5),
  body: one(...texts),
  helpful: maybe(one(true, false), 0.4),
  postedAt: one(...instants),
  bookId: bookIds(),
  reviewerId: maybe(1 + below(36), 0.3),
}))

const sales: Rows = upTo(160).map((id) => ({
  id,
  day: one(...dates),
  quantity: 1 + below(9),
  amount: one('5.00', '9.99', '10.00', '10.00', '120.50'),
  bookId: 1 + below(40),
}))

/** Pairs without doubles. */
function pairs(count: number, left: number, right: number): (readonly [number, number])[] {
  const seen = new Map<string, readonly [number, number]>()
  for (let n = 0; n < count; n++) {
    const pair = [1 + below(left), 1 + below(right)] as const
    seen.set(pair.join(), pair)
  }
  return [...seen.values()]
}

const friends = pairs(30, 30, 30).filter(([a, b]) => a < b)

/** Every row, by model, with values that JSON has: `load-data.ts` reads them by the fields. */
export const rows: Readonly<Record<string, Rows>> = {
  Country: countries,
  Publisher: publishers,
  Author: authors,
  Profile: profiles,
  Tag: tags,
  Book: books,
  Contribution: contributions,
  Review: reviews,
  Sale: sales,
}

/** The pairs of the many-to-many relations. Friends are friends both ways. */
export const links = {
  bookTags: pairs(280, 130, 15),
  authorFriends: friends.flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]),
} as const
