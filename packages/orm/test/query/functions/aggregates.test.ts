import { describe, expect, test } from 'vitest'
import {
  type Aggregate,
  AnyValue,
  ArrayAgg,
  Avg,
  BitAnd,
  BitOr,
  BitXor,
  BoolAnd,
  BoolOr,
  Count,
  F,
  Max,
  Min,
  Q,
  StdDev,
  StringAgg,
  Sum,
  Variance,
} from '../../../src/index.ts'
import { plain, Sample, useSamples } from './sample.ts'

useSamples()

const hours = (count: number) => Temporal.Duration.from({ hours: count })

async function fill(): Promise<void> {
  await Sample.objects.create({
    text: 'a',
    other: 'x',
    whole: 1,
    float: 0.5,
    price: '0.10',
    big: 12n,
    flag: true,
    length: hours(1),
  })
  await Sample.objects.create({
    text: 'b',
    other: 'x',
    whole: 2,
    float: 1.5,
    price: '0.20',
    big: 10n,
    flag: false,
    length: hours(2),
  })
  await Sample.objects.create({
    text: 'b',
    other: 'y',
    whole: 4,
    float: 2.5,
    price: '0.30',
    big: 9007199254740993n,
    flag: true,
    length: hours(6),
  })
  await Sample.objects.create({})
}

async function of(aggregate: Aggregate, querySet = Sample.objects.all()): Promise<unknown> {
  const { value } = await querySet.aggregate({ value: aggregate as Aggregate<unknown, never> })
  return plain(value)
}

test.each<[name: string, aggregate: Aggregate, expected: unknown, ofNone: unknown]>([
  ['Count', Count('whole'), 3, 0],
  ['Count of rows', Count('*'), 4, 0],
  ['Count of distinct values', Count('text', { distinct: true }), 2, 0],
  ['Sum', Sum('whole'), 7, null],
  ['Sum of decimals', Sum('price'), '0.6', null],
  ['Sum of durations', Sum('length'), 'PT9H', null],
  ['Sum, distinct', Sum('whole', { distinct: true }), 7, null],
  ['Avg', Avg('whole'), 7 / 3, null],
  ['Avg of floats', Avg('float'), 1.5, null],
  ['Avg of decimals', Avg('price'), '0.2', null],
  ['Avg of durations', Avg('length'), 'PT3H', null],
  ['Min', Min('text'), 'a', null],
  ['Max', Max('text'), 'b', null],
  ['Max of bigints', Max('big'), 9007199254740993n, null],
  ['Max of durations', Max('length'), 'PT6H', null],
  ['StdDev', StdDev('float'), Math.sqrt(2 / 3), null],
  ['StdDev of a sample', StdDev('float', { sample: true }), 1, null],
  ['Variance', Variance('whole'), 14 / 9, null],
  ['Variance of a sample', Variance('whole', { sample: true }), 7 / 3, null],
  ['BitAnd', BitAnd('whole'), 0, null],
  ['BitOr', BitOr('whole'), 7, null],
  ['BitXor', BitXor('whole'), 7, null],
  ['BoolAnd', BoolAnd('flag'), false, null],
  ['BoolOr', BoolOr('flag'), true, null],
  ['StringAgg', StringAgg('text', ', ', { orderBy: '-text' }), 'b, b, a', null],
  ['StringAgg, distinct', StringAgg('text', '; ', { distinct: true, orderBy: 'text' }), 'a; b', null],
  ['ArrayAgg', ArrayAgg('whole', { orderBy: F('whole').desc({ nullsLast: true }) }), [4, 2, 1, null], null],
])('%s', async (_name, aggregate, expected, ofNone) => {
  expect(await of(aggregate)).toEqual(ofNone)
  await fill()
  expect(await of(aggregate)).toEqual(typeof expected === 'number' ? expect.closeTo(expected, 12) : expected)
})

test('a sample of one spreads over nothing', async () => {
  await Sample.objects.create({ whole: 3 })
  expect(await of(StdDev('whole', { sample: true }))).toBeNull()
  expect(await of(StdDev('whole'))).toBe(0)
})

test('any value that is there', async () => {
  expect(await of(AnyValue('text'))).toBeNull()
  await fill()
  expect(['a', 'b']).toContain(await of(AnyValue('text')))
  expect([true, false]).toContain(await of(AnyValue('flag')))
  await Sample.objects.create({ code: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' })
  expect(await of(AnyValue('code'))).toBe('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')
  expect(await of(AnyValue('code', { filter: { code__isnull: true } }))).toBeNull()
})

test('only the rows that answer', async () => {
  await fill()
  expect(await of(Count('whole', { filter: Q({ whole__gt: 1 }) }))).toBe(2)
  expect(await of(Sum('whole', { filter: { other: 'x' } }))).toBe(3)
  expect(await of(StringAgg('text', '', { filter: { whole__lt: 3 }, orderBy: 'text' }))).toBe('ab')
  expect(await of(ArrayAgg('text', { filter: { whole__lt: 3 }, orderBy: 'text' }))).toEqual(['a', 'b'])
  expect(await of(StdDev('whole', { filter: { other: 'x' } }))).toBe(0.5)
  expect(await of(Max('whole', { filter: { other: 'z' } }))).toBeNull()
})

test('what there is for no rows', async () => {
  expect(await of(Sum('whole', { default: 0 }))).toBe(0)
  expect(await of(Sum('price', { default: 0 }))).toBe('0')
  expect(await of(StringAgg('text', ',', { default: 'none' }))).toBe('none')
  await fill()
  expect(await of(Sum('whole', { default: 0 }))).toBe(7)
})

test('lists of values of any type', async () => {
  await fill()
  const rows = Sample.objects.filter({ whole__isnull: false })
  expect(await of(ArrayAgg('big', { orderBy: 'whole' }), rows)).toEqual([12n, 10n, 9007199254740993n])
  expect(await of(ArrayAgg('flag', { orderBy: 'whole' }), rows)).toEqual([true, false, true])
  expect(await of(ArrayAgg('price', { orderBy: 'whole' }), rows)).toEqual(['0.1', '0.2', '0.3'])
  expect(await of(ArrayAgg('float', { orderBy: 'whole' }), rows)).toEqual([0.5, 1.5, 2.5])
  expect(await of(ArrayAgg('length', { orderBy: 'whole' }), rows)).toEqual(['PT1H', 'PT2H', 'PT6H'])
  expect(await of(ArrayAgg('text', { distinct: true, orderBy: 'text' }), rows)).toEqual(['a', 'b'])
})

test('dates and documents in lists', async () => {
  const day = Temporal.PlainDate.from('2026-01-02')
  const at = Temporal.Instant.from('2026-01-02T03:04:05.5Z')
  await Sample.objects.create({ day, at, clock: Temporal.PlainTime.from('12:30'), data: { a: [1, 'x'] } })
  expect(await of(ArrayAgg('day'))).toEqual(['2026-01-02'])
  expect(await of(ArrayAgg('at'))).toEqual(['2026-01-02T03:04:05.5Z'])
  expect(await of(ArrayAgg('clock'))).toEqual(['12:30:00'])
  expect(await of(ArrayAgg('data'))).toEqual([{ a: [1, 'x'] }])
})

test('results may be called as fields are', async () => {
  await fill()
  const result = await Sample.objects.aggregate({ whole: Sum('whole'), mean: Avg('whole'), more: F('mean').add(1) })
  expect(result.whole).toBe(7)
  expect(result.more).toBeCloseTo(7 / 3 + 1, 10)
})

describe('in groups', () => {
  test('annotated', async () => {
    await fill()
    const groups = await Sample.objects
      .filter({ other__isnull: false })
      .values('other')
      .annotate({ n: Count('*'), total: Sum('whole'), names: StringAgg('text', '+', { orderBy: 'text' }) })
      .orderBy('other')
    expect(groups).toEqual([
      { other: 'x', n: 2, total: 3, names: 'a+b' },
      { other: 'y', n: 1, total: 4, names: 'b' },
    ])
  })

  test('and filtered', async () => {
    await fill()
    const groups = Sample.objects
      .values('other')
      .annotate({ n: Count('whole') })
      .filter({ n__gt: 1 })
    expect(await groups.valuesList('other', { flat: true })).toEqual(['x'])
  })
})
