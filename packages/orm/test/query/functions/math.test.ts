import { expect, test } from 'vitest'
import {
  Abs,
  ACos,
  ASin,
  ATan,
  ATan2,
  Ceil,
  Cos,
  Cot,
  DataError,
  Decimal,
  Degrees,
  Exp,
  type Expression,
  F,
  Floor,
  Ln,
  Log,
  Mod,
  Pi,
  Power,
  Radians,
  Random,
  Round,
  Sign,
  Sin,
  Sqrt,
  Tan,
  Value,
} from '../../../src/index.ts'
import { vendor } from '../../temporary-database.ts'
import { Sample, useSamples, valueIn } from './sample.ts'

useSamples()

const close = (value: number) => expect.closeTo(value, 10)

test.each<[name: string, expression: Expression, float: number, expected: number]>([
  ['ACos', ACos('float'), 0.5, Math.acos(0.5)],
  ['ASin', ASin('float'), 0.5, Math.asin(0.5)],
  ['ATan', ATan('float'), 2, Math.atan(2)],
  ['ATan2', ATan2('float', 2), 1, Math.atan2(1, 2)],
  ['Cos', Cos('float'), 1, Math.cos(1)],
  ['Cot', Cot('float'), 1, 1 / Math.tan(1)],
  ['Degrees', Degrees('float'), Math.PI, 180],
  ['Exp', Exp('float'), 1, Math.E],
  ['Ln', Ln('float'), Math.E, 1],
  ['Log', Log(2, 'float'), 8, 3],
  ['Mod', Mod('float', 3), -7.5, -1.5],
  ['Power', Power('float', 3), 2.5, 15.625],
  ['Radians', Radians('float'), 180, Math.PI],
  ['Sin', Sin('float'), 1, Math.sin(1)],
  ['Sqrt', Sqrt('float'), 6.25, 2.5],
  ['Tan', Tan('float'), 1, Math.tan(1)],
])('%s', async (_name, expression, float, expected) => {
  expect(await valueIn({ float }, expression)).toEqual(close(expected))
  expect(await valueIn({ float: null }, expression)).toBeNull()
})

test('whole numbers give floats, decimals give decimals', async () => {
  expect(await valueIn({ whole: 9 }, Sqrt('whole'))).toBe(3)
  expect(await valueIn({ whole: 7 }, Mod('whole', 4))).toBe(3)
  expect(await valueIn({ whole: 100 }, Log(10, 'whole'))).toBe(2)
  const row = await Sample.objects.create({ price: '6.25' })
  const [found] = await Sample.objects.annotate({ root: Sqrt('price') }).filter({ id: row.id })
  expect(found!.root).toBeInstanceOf(Decimal)
  expect(found!.root!.toNumber()).toEqual(close(2.5))
})

test.each<[name: string, make: (path: string) => Expression, expected: unknown[]]>([
  ['Abs', (path) => Abs(path), [3, 2.5, '2.5', 9n]],
  ['Ceil', (path) => Ceil(path), [-3, -2, '-2', -9n]],
  ['Floor', (path) => Floor(path), [-3, -3, '-3', -9n]],
  ['Sign', (path) => Sign(path), [-1, -1, '-1', -1n]],
  ['Round', (path) => Round(path), [-3, -3, '-3', -9n]],
])('%s gives what its argument is', async (_name, make, expected) => {
  const row = { whole: -3, float: -2.5, price: '-2.50', big: -9n }
  const results: unknown[] = []
  for (const path of ['whole', 'float', 'price', 'big']) results.push(await valueIn(row, make(path)))
  expect(results).toEqual(expected)
  expect(await valueIn({}, make('float'))).toBeNull()
})

test.each([
  [0, 1234.5678, 1235],
  [2, 1234.5678, 1234.57],
  [-2, 1250, 1300],
  [-2, -1250, -1300],
  [0, 0.5, 1],
  [0, -0.5, -1],
])('rounded to %i places, %d is %d', async (precision, float, expected) => {
  expect(await valueIn({ float }, Round('float', precision))).toBe(expected)
})

test('whole numbers are rounded to tens', async () => {
  expect(await valueIn({ whole: 1250 }, Round('whole', -2))).toBe(1300)
  expect(await valueIn({ whole: 1250 }, Round('whole', 2))).toBe(1250)
  expect(() => Round('whole', 0.5)).toThrow('Round() takes a whole number of places, got 0.5.')
})

test('numbers of their own', async () => {
  expect(await valueIn({}, Pi())).toEqual(close(Math.PI))
  const random = (await valueIn({}, Random())) as number
  expect(random).toBeGreaterThanOrEqual(0)
  expect(random).toBeLessThan(1)
})

test.each([
  ['the root of a number below zero', Sqrt('float'), -1],
  ['the logarithm of zero', Ln('float'), 0],
  ['the angle of no cosine', ACos('float'), 2],
  ['a division by zero', Value(1).divide(F('float')), 0],
  ['what is left of one', Mod('float', 0), 1],
])('%s is NULL on SQLite and an error on PostgreSQL', async (_name, expression, float) => {
  const value = valueIn({ float }, expression)
  if (vendor === 'postgresql') await expect(value).rejects.toThrow(DataError)
  else expect(await value).toBeNull()
})

test('numbers at the ends', async () => {
  expect(await valueIn({ whole: -2_147_483_648 }, Abs('whole')).catch(String)).toSatisfy((value) => {
    return value === 2_147_483_648 || String(value).includes('out of range')
  })
  expect(await valueIn({ big: 9_223_372_036_854_775_807n }, Ceil(F('big').bitand(9_007_199_254_740_991n)))).toBe(
    9_007_199_254_740_991n,
  )
  expect(await valueIn({ float: 1e300 }, Sqrt('float'))).toEqual(expect.closeTo(1e150, -140))
  expect(await valueIn({ float: Number.MIN_VALUE }, Sign('float'))).toBe(1)
})

test('functions within functions, and values', async () => {
  expect(await valueIn({ whole: 16 }, Sqrt(Sqrt('whole')))).toBe(2)
  expect(await valueIn({ whole: -16 }, Abs(F('whole').add(1)))).toBe(15)
  expect(await valueIn({ whole: 2 }, Power(Value(2), F('whole')))).toBe(4)
})
