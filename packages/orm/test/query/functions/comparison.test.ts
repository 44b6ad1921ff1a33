import { describe, expect, test } from 'vitest'
import {
  bigInteger,
  boolean,
  Cast,
  Coalesce,
  char,
  date,
  dateTime,
  decimal,
  type Expression,
  ExpressionWrapper,
  F,
  type Field,
  float,
  Greatest,
  integer,
  json,
  Least,
  NullIf,
  text,
  time,
  uuid,
  Value,
} from '../../../src/index.ts'
import { Sample, useSamples, valueIn } from './sample.ts'

useSamples()

test('the first that is not NULL', async () => {
  expect(await valueIn({ text: null, other: 'b' }, Coalesce('text', 'other'))).toBe('b')
  expect(await valueIn({ text: null, other: null }, Coalesce('text', 'other'))).toBeNull()
  expect(await valueIn({ text: null }, Coalesce('text', Value('')))).toBe('')
  expect(await valueIn({ whole: null }, Coalesce('whole', 0))).toBe(0)
  expect(await valueIn({ whole: null, price: '2.50' }, Coalesce('whole', 'price'))).toBe('2.5')
  expect(await valueIn({ at: null, until: Temporal.Instant.from('2026-01-01T00:00Z') }, Coalesce('at', 'until'))).toBe(
    '2026-01-01T00:00:00Z',
  )
  expect(() => Coalesce('text')).toThrow('Coalesce() takes two expressions or more.')
})

test('values of several types are a mixture', async () => {
  await expect(valueIn({}, Coalesce('text', 'whole'))).rejects.toThrow(
    /Coalesce\(\) has values of several types \(text, integer\)/,
  )
  await expect(valueIn({}, Greatest('day', 'at'))).rejects.toThrow(/Greatest\(\) has values of several types/)
})

test.each<[name: string, expression: Expression, expected: [unknown, unknown, unknown]]>([
  ['the greatest', Greatest('whole', 'second'), [5, 3, null]],
  ['the greatest of more', Greatest('whole', 'second', 4), [5, 4, 4]],
  ['the least', Least('whole', 'second'), [3, 3, null]],
  ['the least of more', Least('whole', 'second', 4), [3, 3, 4]],
])('%s: NULL is left out', async (_name, expression, expected) => {
  expect(await valueIn({ whole: 3, second: 5 }, expression)).toBe(expected[0])
  expect(await valueIn({ whole: 3, second: null }, expression)).toBe(expected[1])
  expect(await valueIn({ whole: null, second: null }, expression)).toBe(expected[2])
})

test('NULL where two are equal', async () => {
  expect(await valueIn({ whole: 0 }, NullIf('whole', 0))).toBeNull()
  expect(await valueIn({ whole: 1 }, NullIf('whole', 0))).toBe(1)
  expect(await valueIn({ whole: null }, NullIf('whole', 0))).toBeNull()
  expect(await valueIn({ text: 'x' }, NullIf('text', Value('x')))).toBeNull()
})

test('a value that is read as another type', async () => {
  const halves = ExpressionWrapper(F('whole').divide(2), { outputField: decimal({ maxDigits: 5, decimalPlaces: 1 }) })
  expect(await valueIn({ whole: 7 }, halves)).toBe('3')
  expect(await valueIn({ whole: 1 }, ExpressionWrapper('whole', { outputField: boolean() }))).not.toBeNull()
  expect(await valueIn({}, halves)).toBeNull()
})

describe('Cast', () => {
  test.each<[from: string, row: object, to: Field, expected: unknown]>([
    ['whole', { whole: 7 }, text(), '7'],
    ['whole', { whole: 7 }, float(), 7],
    ['whole', { whole: 7 }, bigInteger(), 7n],
    ['whole', { whole: 7 }, decimal({ maxDigits: 8, decimalPlaces: 2 }), '7'],
    ['whole', { whole: 7 }, boolean(), true],
    ['whole', { whole: 0 }, boolean(), false],
    ['float', { float: 2.5 }, integer(), 3],
    ['float', { float: -2.5 }, integer(), -3],
    ['float', { float: 2.345 }, decimal({ maxDigits: 8, decimalPlaces: 1 }), '2.3'],
    ['price', { price: '2.49' }, integer(), 2],
    ['price', { price: '2.49' }, float(), 2.49],
    ['flag', { flag: true }, integer(), 1],
    ['flag', { flag: true }, text(), 'true'],
    ['flag', { flag: false }, text(), 'false'],
    ['text', { text: '12' }, integer(), 12],
    ['text', { text: '1.5' }, float(), 1.5],
    ['text', { text: 'abcdef' }, char({ maxLength: 3 }), 'abc'],
    ['text', { text: 'true' }, boolean(), true],
    ['text', { text: 'off' }, boolean(), false],
    ['text', { text: '2026-02-03' }, date(), '2026-02-03'],
    ['text', { text: '12:30:01' }, time(), '12:30:01'],
    ['text', { text: '2026-02-03T04:05:06+02:00' }, dateTime(), '2026-02-03T02:05:06Z'],
    ['text', { text: '{"a": [1]}' }, json(), { a: [1] }],
    ['text', { text: 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11' }, uuid(), 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['code', { code: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' }, text(), 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
    ['at', { at: Temporal.Instant.from('2026-02-03T23:05:06.5Z') }, date(), '2026-02-03'],
    ['at', { at: Temporal.Instant.from('2026-02-03T23:05:06.5Z') }, time(), '23:05:06.5'],
    ['day', { day: Temporal.PlainDate.from('2026-02-03') }, dateTime(), '2026-02-03T00:00:00Z'],
  ])('%s %o', async (path, row, to, expected) => {
    expect(await valueIn(row, Cast(F(path), to))).toEqual(expected)
    expect(await valueIn({}, Cast(F(path), to))).toBeNull()
  })

  test('is compared as its type', async () => {
    await Sample.objects.create({ text: '10' })
    await Sample.objects.create({ text: '9' })
    const numbers = Sample.objects.annotate({ number: Cast('text', integer()) })
    expect((await numbers.filter({ number__gt: 9 })).map(({ text }) => text)).toEqual(['10'])
    expect((await numbers.orderBy('number')).map(({ text }) => text)).toEqual(['9', '10'])
  })
})
