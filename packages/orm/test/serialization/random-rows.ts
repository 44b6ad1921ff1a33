import fc from 'fast-check'
import { Decimal } from '../../src/index.ts'
import { vendor } from '../temporary-database.ts'

/** Text that a database takes: PostgreSQL has no NUL. */
const anyText = (maxLength: number) =>
  fc.string({ unit: 'grapheme', maxLength: Math.floor(maxLength / 4) }).map((text) => text.replaceAll('\0', ''))

const micros = (value: number): bigint => BigInt(value) * 1000n

const instant = fc
  .integer({ min: -62_000_000_000, max: 253_000_000_000 })
  .chain((seconds) =>
    fc.integer({ min: 0, max: 999_999 }).map((part) => BigInt(seconds) * 1_000_000_000n + micros(part)),
  )
  .map((nanos) => new Temporal.Instant(nanos))

const day = fc
  .integer({ min: -719_000, max: 2_900_000 })
  .map((days) => Temporal.PlainDate.from('1970-01-01').add({ days }))

const clock = fc
  .tuple(fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([seconds, part]) => Temporal.PlainTime.from('00:00').add({ seconds, microseconds: part }))

const length = fc
  .bigInt({ min: -86_400_000_000_000n, max: 86_400_000_000_000n })
  .map((value) =>
    Temporal.Duration.from({ seconds: Number(value / 1_000_000n), microseconds: Number(value % 1_000_000n) }),
  )

const jsonText = fc.string({ unit: 'grapheme', maxLength: 5 }).map((text) => text.replaceAll('\0', ''))
const document = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    jsonText,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(jsonText, tie('value'), { maxKeys: 3 }),
  ),
})).value

const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })

/** A row of `Everything`. */
export const everything = fc.record({
  code: fc.uuid(),
  truth: orNull(fc.boolean()),
  char: orNull(anyText(200)),
  text: anyText(400),
  slug: orNull(fc.stringMatching(/^[a-z0-9_-]{0,20}$/)),
  small: orNull(fc.integer({ min: -32_768, max: 32_767 })),
  whole: orNull(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })),
  positive: orNull(fc.nat({ max: 2_147_483_647 })),
  positiveSmall: orNull(fc.nat({ max: 32_767 })),
  big: orNull(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  float: orNull(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  price: orNull(fc.integer({ min: -999_999_999, max: 999_999_999 }).map((value) => new Decimal(value).div(10_000))),
  day: orNull(day),
  clock: orNull(clock),
  momentAt: orNull(instant),
  length: orNull(length),
  // A document that is null as a whole is the column's NULL.
  document: orNull(document),
  bytes: orNull(fc.uint8Array({ maxLength: 20 })),
  address: orNull(fc.oneof(fc.ipV4(), fc.ipV6())),
  renamedColumn: anyText(20),
})

/** The words of a tag: each once. */
const names = fc.uniqueArray(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((text) => text.replaceAll('\0', '') || 'x'),
  { minLength: 1, maxLength: 6 },
)

/** What relates rows of the other models, as places in their lists. */
export const relations = fc.record({
  tags: names,
  parents: fc.array(fc.option(fc.nat(), { nil: null }), { maxLength: 6 }),
  friends: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }),
  authors: names,
  articles: fc.uniqueArray(
    fc.record({
      slug: fc.stringMatching(/^[a-z]{1,6}$/),
      author: fc.nat(),
      tags: fc.array(fc.nat(), { maxLength: 4 }),
      summary: fc.option(anyText(40), { nil: null }),
      favoured: fc.option(fc.nat(), { nil: null }),
    }),
    { maxLength: 5, selector: ({ slug }) => slug },
  ),
  shelves: fc.uniqueArray(fc.tuple(fc.stringMatching(/^[A-C]$/), fc.nat({ max: 5 }), fc.nat({ max: 9 })), {
    maxLength: 5,
    selector: ([room, number]) => `${room}${number}`,
  }),
})

const list = <T>(values: fc.Arbitrary<T>) => fc.array(orNull(values), { maxLength: 4 })

/** A row of `Lists`. */
export const lists = fc.record({
  words: orNull(list(anyText(20))),
  numbers: orNull(list(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))),
  moments: list(instant),
  truths: list(fc.boolean()),
})

/** Rows of every model. */
export const database = fc.record({
  everything: fc.uniqueArray(everything, { maxLength: 4, selector: ({ code }) => code }),
  relations,
  lists: fc.array(lists, { maxLength: vendor === 'postgresql' ? 3 : 0 }),
})

export type RandomDatabase = typeof database extends fc.Arbitrary<infer T> ? T : never
