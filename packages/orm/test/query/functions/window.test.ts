import { expect, test } from 'vitest'
import {
  Avg,
  CumeDist,
  DenseRank,
  type Expression,
  F,
  FirstValue,
  Lag,
  LastValue,
  Lead,
  Max,
  NthValue,
  Ntile,
  PercentRank,
  Rank,
  RowNumber,
  StdDev,
  Sum,
  Window,
} from '../../../src/index.ts'
import { Sample, useSamples } from './sample.ts'

useSamples()

/** Two partitions, `x` with 1, 2, 2, 5 and `y` with 3, null. */
async function fill(): Promise<void> {
  for (const [other, whole] of [
    ['x', 1],
    ['x', 2],
    ['x', 2],
    ['x', 5],
    ['y', 3],
    ['y', null],
  ] as const) {
    await Sample.objects.create({ other, whole })
  }
}

const byWhole = { partitionBy: 'other', orderBy: F('whole').asc({ nullsLast: true }) } as const
const third = 1 / 3

test.each<[name: string, expression: Expression, expected: unknown[]]>([
  ['RowNumber', Window(RowNumber(), { orderBy: 'id' }), [1, 2, 3, 4, 5, 6]],
  ['RowNumber of a partition', Window(RowNumber(), { partitionBy: 'other', orderBy: '-id' }), [4, 3, 2, 1, 2, 1]],
  ['Rank', Window(Rank(), byWhole), [1, 2, 2, 4, 1, 2]],
  ['DenseRank', Window(DenseRank(), byWhole), [1, 2, 2, 3, 1, 2]],
  ['PercentRank', Window(PercentRank(), byWhole), [0, third, third, 1, 0, 1]],
  ['CumeDist', Window(CumeDist(), byWhole), [0.25, 0.75, 0.75, 1, 0.5, 1]],
  ['Ntile', Window(Ntile(2), { orderBy: 'id' }), [1, 1, 1, 2, 2, 2]],
  ['Lag', Window(Lag('whole'), { orderBy: 'id' }), [null, 1, 2, 2, 5, 3]],
  ['Lag by two, with a default', Window(Lag('whole', 2, 0), { orderBy: 'id' }), [0, 0, 1, 2, 2, 5]],
  ['Lead', Window(Lead('whole'), { partitionBy: 'other', orderBy: 'id' }), [2, 2, 5, null, null, null]],
  ['FirstValue', Window(FirstValue('whole'), byWhole), [1, 1, 1, 1, 3, 3]],
  ['LastValue, up to this row', Window(LastValue('whole'), { orderBy: 'id' }), [1, 2, 2, 5, 3, null]],
  [
    'LastValue of all',
    Window(LastValue('whole'), { ...byWhole, frame: { type: 'rows', start: null, end: null } }),
    [5, 5, 5, 5, null, null],
  ],
  ['NthValue', Window(NthValue('whole', 2), { orderBy: 'id' }), [null, 2, 2, 2, 2, 2]],
  ['Sum', Window(Sum('whole'), { orderBy: 'id' }), [1, 3, 5, 10, 13, 13]],
  ['Sum of a partition', Window(Sum('whole'), { partitionBy: 'other' }), [10, 10, 10, 10, 3, 3]],
  [
    'Max of a frame',
    Window(Max('whole'), { orderBy: 'id', frame: { type: 'rows', start: -1, end: 0 } }),
    [1, 2, 2, 5, 5, 3],
  ],
  ['Avg', Window(Avg('whole'), { partitionBy: 'other' }), [2.5, 2.5, 2.5, 2.5, 3, 3]],
  [
    'StdDev of a frame',
    Window(StdDev('whole'), { orderBy: 'id', frame: { type: 'rows', start: -1, end: 0 } }),
    [0, 0.5, 0, 1.5, 1, 0],
  ],
])('%s', async (_name, expression, expected) => {
  await fill()
  const rows = await Sample.objects.annotate({ value: expression as Expression<number, never> }).orderBy('id')
  const values = rows.map(({ value }) => value)
  expect(values).toEqual(expected.map((value) => (typeof value === 'number' ? expect.closeTo(value, 10) : value)))
})

test('rows are chosen by what a window tells', async () => {
  await fill()
  const ranked = Sample.objects.annotate({
    rank: Window(RowNumber(), { partitionBy: 'other', orderBy: ['-whole', 'id'] }),
  })
  const best = ranked.filter({ rank: 1, whole__isnull: false }).orderBy('other')
  expect((await best).map(({ whole }) => whole)[0]).toBe(5)
})

test('what makes no sense is refused', async () => {
  expect(() => Ntile(0)).toThrow('Ntile() takes a number of parts, 1 or more, got 0.')
  expect(() => Lag('whole', 0)).toThrow('Lag() takes an offset, 1 or more, got 0.')
  expect(() => NthValue('whole', -1)).toThrow('NthValue() takes the number of a row, 1 or more, got -1.')
  await expect(async () => await Sample.objects.annotate({ n: RowNumber() })).rejects.toThrow(
    'ROW_NUMBER() is computed over a window: put it in Window(…).',
  )
})
