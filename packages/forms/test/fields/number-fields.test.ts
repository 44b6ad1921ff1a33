import { Decimal } from '@nuages/orm'
import { expect, test } from 'vitest'
import { bigInteger, decimal, type FormField, float, integer } from '../../src/index.ts'
import { messages, result } from './clean-result.ts'

const shown = (value: unknown): unknown => (Decimal.isDecimal(value) ? `Decimal ${value.toFixed()}` : value)

test.each<[FormField, unknown, unknown]>([
  [integer(), ' 7 ', 7],
  [integer(), '-7', -7],
  [integer(), '+7', 7],
  [integer(), '007', 7],
  [integer(), '-0', 0],
  [integer(), '7.0', 7],
  [integer(), '7.', 7],
  [integer(), '7.5', '! invalid'],
  [integer(), '٣', 3],
  [integer(), '१२३', 123],
  [integer(), '𝟗', 9],
  [integer(), '1e3', '! invalid'],
  [integer(), '0x10', '! invalid'],
  [integer(), '1_000', '! invalid'],
  [integer(), '1,000', '! invalid'],
  [integer({ localize: true }), '1,234,567', 1_234_567],
  [integer({ localize: true }), '1,23', '! invalid'],
  [integer(), 'seven', '! invalid'],
  [integer(), '9007199254740993', '! max_value'],
  [integer(), '-9007199254740993', '! min_value'],
  [integer(), '9'.repeat(400), '! invalid'],
  [integer(), Number.NaN, '! invalid'],
  [integer(), 7.5, '! invalid'],
  [integer(), 7n, 7],
  [integer(), {}, '! invalid'],
  [integer(), '', '! required'],
  [integer({ required: false }), '', null],
  [integer({ minValue: 3 }), '2', '! min_value'],
  [integer({ maxValue: 3 }), '4', '! max_value'],
  [integer({ minValue: 3, maxValue: 3 }), '3', 3],
  [integer({ stepSize: 5 }), '10', 10],
  [integer({ stepSize: 5 }), '11', '! step_size'],
  [integer({ stepSize: 5, minValue: 1 }), '11', 11],
  [bigInteger(), '9223372036854775808', 9_223_372_036_854_775_808n],
  [bigInteger(), '-3.0', -3n],
  [bigInteger(), '+3', 3n],
  [bigInteger(), '300', 300n],
  [bigInteger(), '9'.repeat(10_000), '! invalid'],
  [bigInteger({ maxValue: 5n }), '6', '! max_value'],
  [bigInteger({ stepSize: 5n }), '6', '! step_size'],
  [float(), '1.5', 1.5],
  [float(), '.5', 0.5],
  [float(), '1e3', 1000],
  [float(), '1e400', '! invalid'],
  [float(), 'NaN', '! invalid'],
  [float(), 'Infinity', '! invalid'],
  [float(), Number.POSITIVE_INFINITY, '! invalid'],
  [float({ stepSize: 0.1 }), '0.3', 0.3],
  [float({ stepSize: 0.1 }), '0.35', '! step_size'],
  [float({ maxValue: 1 }), '1.01', '! max_value'],
  [decimal(), '1.50', 'Decimal 1.5'],
  [decimal(), '0.1234567890123456789012345', 'Decimal 0.1234567890123456789012345'],
  [decimal(), '1e3', 'Decimal 1000'],
  [decimal(), '1e400', `Decimal 1${'0'.repeat(400)}`],
  [decimal(), '1e999999999', '! invalid'],
  [decimal(), '1e-999999999', '! invalid'],
  [decimal(), '9'.repeat(5000), '! invalid'],
  [decimal(), 'NaN', '! invalid'],
  [decimal(), 'Infinity', '! invalid'],
  [decimal(), '0x10', '! invalid'],
  [decimal(), new Decimal('2.5'), 'Decimal 2.5'],
  [decimal({ maxDigits: 4, decimalPlaces: 2 }), '12.34', 'Decimal 12.34'],
  [decimal({ maxDigits: 4, decimalPlaces: 2 }), '12.345', '! max_digits max_decimal_places'],
  [decimal({ maxDigits: 4, decimalPlaces: 2 }), '123', '! max_whole_digits'],
  [decimal({ maxDigits: 4, decimalPlaces: 2 }), '1e400', '! max_digits max_whole_digits'],
  [decimal({ maxDigits: 4, decimalPlaces: 2 }), '0.00', 'Decimal 0'],
  [decimal({ minValue: '0.1' }), '0.05', '! min_value'],
  [decimal({ maxValue: 1 }), '1.5', '! max_value'],
  [decimal({ stepSize: '0.05' }), '0.15', 'Decimal 0.15'],
  [decimal({ stepSize: '0.05' }), '0.16', '! step_size'],
  [decimal({ required: false }), '', null],
])('case %#', async (field, raw, expected) => {
  expect(shown(await result(field, raw))).toEqual(expected)
})

test('every decimal digit of Unicode is read', async () => {
  const digits: string[] = []
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const character = String.fromCodePoint(code)
    if (/^\p{Nd}$/u.test(character)) digits.push(character)
  }
  const values = await Promise.all(digits.map((digit) => integer().clean(digit)))
  expect(values).toEqual(digits.map((_, index) => index % 10))
})

test('messages tell the limits', async () => {
  expect(await messages(integer({ minValue: 3 }), '2')).toEqual(['The least value is 3.'])
  expect(await messages(decimal({ maxValue: '2.5' }), '3')).toEqual(['The greatest value is 2.5.'])
  expect(await messages(integer({ stepSize: 5, minValue: 1 }), '2')).toEqual(['Enter a multiple of 5, counted from 1.'])
  expect(await messages(integer({ stepSize: 5 }), '2')).toEqual(['Enter a multiple of 5.'])
})

test('another way of writing a number changes nothing', () => {
  expect(integer().hasChanged(7, '007')).toBe(false)
  expect(integer().hasChanged(7, '8')).toBe(true)
  expect(integer().hasChanged(0, '')).toBe(true)
  expect(integer().hasChanged(null, '')).toBe(false)
  expect(decimal().hasChanged(new Decimal('1.5'), '1.500')).toBe(false)
  expect(decimal().hasChanged(new Decimal('1.5'), 'x')).toBe(true)
  expect(float().hasChanged(1000, '1e3')).toBe(false)
})

test('a decimal is shown with the places that its field has, and never with an exponent', () => {
  expect(decimal({ decimalPlaces: 2 }).prepareValue(new Decimal('24.9'))).toBe('24.90')
  expect(decimal({ decimalPlaces: 2 }).prepareValue(new Decimal('24.905'))).toBe('24.905')
  expect(decimal({ decimalPlaces: 0 }).prepareValue(new Decimal('1e30'))).toBe(`1${'0'.repeat(30)}`)
  expect(decimal().prepareValue(new Decimal('24.90'))).toBe('24.9')
})
