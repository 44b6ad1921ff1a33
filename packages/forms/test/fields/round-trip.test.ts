import { withTimeZone } from '@nuages/i18n'
import { Decimal } from '@nuages/orm'
import { createNunjucksEngine } from '@nuages/templates'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bigInteger,
  boolean,
  char,
  choice,
  date,
  dateTime,
  decimal,
  duration,
  Form,
  type FormField,
  float,
  integer,
  json,
  multipleChoice,
  nullBoolean,
  RadioSelect,
  SelectDateWidget,
  splitDateTime,
  text,
  time,
} from '../../src/index.ts'

const engine = createNunjucksEngine({ debug: true })

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }
const plain = (html: string): string => html.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name]!)

/** What a browser sends of a page: the little of HTML that the widgets write. */
function submitted(html: string): Record<string, string[]> {
  const data: Record<string, string[]> = {}
  const add = (name: string, value: string): void => {
    data[name] = [...(data[name] ?? []), value]
  }
  for (const [, tag] of html.matchAll(/<input ([^>]*)>/g)) {
    const attribute = (name: string): string | undefined => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(tag!)?.[1]
    const isTicked = !/^(?:radio|checkbox)$/.test(attribute('type')!) || / checked/.test(tag!)
    if (isTicked) add(attribute('name')!, plain(attribute('value') ?? (attribute('type') === 'checkbox' ? 'on' : '')))
  }
  for (const [, name, value] of html.matchAll(/<textarea name="([^"]*)"[^>]*>\n?([^<]*)<\/textarea>/g)) {
    add(name!, plain(value!).replaceAll('\n', '\r\n'))
  }
  for (const [, name, options] of html.matchAll(/<select name="([^"]*)"[^>]*>(.*?)<\/select>/gs)) {
    for (const [, value] of options!.matchAll(/<option value="([^"]*)" selected>/g)) add(name!, plain(value!))
  }
  return data
}

/** Shows `value` in a page, sends the page as it is, and expects the same value, and no change. */
async function survives(field: FormField, value: unknown, textOf: (value: unknown) => unknown = String): Promise<void> {
  class OneForm extends Form({ x: field }) {}
  const html = await engine.renderString('{{ form }}', { form: new OneForm({ initial: { x: value } }) })
  const form = new OneForm({ data: submitted(html), initial: { x: value } })
  await form.isValid()
  expect(form.errors.toJSON()).toEqual({})
  expect(textOf(form.cleanedData.x)).toEqual(textOf(value))
  expect(await form.hasChanged()).toBe(false)
}

const check = <T>(values: fc.Arbitrary<T>, field: FormField, textOf?: (value: unknown) => unknown): Promise<void> =>
  fc.assert(
    fc.asyncProperty(values, (value) => survives(field, value, textOf)),
    { numRuns: 60 },
  )

const dates = fc
  .record({
    year: fc.integer({ min: 1, max: 9999 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  })
  .map((parts) => Temporal.PlainDate.from(parts))
const times = fc.bigInt({ min: 0n, max: 86_399_999_999n }).map((micros) =>
  Temporal.PlainTime.from('00:00').add({
    seconds: Number(micros / 1_000_000n),
    microseconds: Number(micros % 1_000_000n),
  }),
)
const instants = fc
  .bigInt({ min: -62_100_000_000_000_000n, max: 253_300_000_000_000_000n })
  .map((micros) => Temporal.Instant.fromEpochNanoseconds(micros * 1000n))
const decimals = fc
  .record({ digits: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), places: fc.integer({ min: 0, max: 30 }) })
  .map(({ digits, places }) => new Decimal(`${digits}e-${places}`))
const lines = fc.string({ unit: 'grapheme', minLength: 1 }).filter((line) => line.trim() !== '' && !line.includes('\0'))
const pairs = [
  [1, 'One'],
  [
    'More',
    [
      ['a"<', 'A'],
      [true, 'Yes'],
    ],
  ],
] as const

test('dates', () => check(dates, date()))
test('dates in three selects', () => check(dates, date({ widget: SelectDateWidget })))
test('times', () => check(times, time()))
test('moments', () => check(instants, dateTime()))
test('moments where clocks are put forward and back', () =>
  withTimeZone('America/New_York', () => check(instants, dateTime())))
test('moments in the hour that comes twice', () =>
  withTimeZone('Europe/Berlin', () =>
    check(
      fc
        .integer({ min: 0, max: 7199 })
        .map((seconds) => Temporal.Instant.from('2026-10-25T00:00:00Z').add({ seconds })),
      dateTime(),
    ),
  ))
test('moments in two inputs', () => withTimeZone('Europe/Berlin', () => check(instants, splitDateTime())))
test('lengths of time', () =>
  check(
    fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map((micros) =>
      Temporal.Duration.from({
        seconds: Number(micros / 1_000_000n),
        microseconds: Number(micros % 1_000_000n),
      }).round({ largestUnit: 'day' }),
    ),
    duration(),
  ))
test('whole numbers', () => check(fc.maxSafeInteger(), integer()))
test('whole numbers with separators', () => check(fc.maxSafeInteger(), integer({ localize: true })))
test('whole numbers of any size', () => check(fc.bigInt(), bigInteger()))
test('floating-point numbers', () =>
  check(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    float(),
  ))
test('decimals', () => check(decimals, decimal(), (value) => (value as Decimal).toFixed()))
test('decimals with separators', () =>
  check(decimals, decimal({ localize: true }), (value) => (value as Decimal).toFixed()))
test('texts', () => check(lines, char({ strip: false }), (value) => String(value).replace(/\r\n?/g, '\n')))
test('texts of several lines', () =>
  check(lines, text({ strip: false }), (value) => String(value).replace(/\r\n?/g, '\n')))
test('answers', () => check(fc.boolean(), boolean({ required: false })))
test('answers that may be missing', () => check(fc.constantFrom(true, false, null), nullBoolean()))
test('choices', () => check(fc.constantFrom(1, 'a"<', true), choice({ choices: pairs })))
test('radio buttons', () => check(fc.constantFrom(1, 'a"<', true), choice({ choices: pairs, widget: RadioSelect })))
test('several choices', () => check(fc.subarray([1, 'a"<', true]), multipleChoice({ choices: pairs, required: false })))
test('documents', () =>
  check(
    fc.jsonValue({ maxDepth: 3 }).filter((value) => value !== null),
    json(),
    (value) => JSON.stringify(value),
  ))
