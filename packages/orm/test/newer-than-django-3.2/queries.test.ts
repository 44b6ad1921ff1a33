import { describe, expect, test } from 'vitest'
import {
  AnyValue,
  Count,
  F,
  JSONArray,
  Prefetch,
  Q,
  Rank,
  Round,
  RowNumber,
  StringAgg,
  Sum,
  Window,
} from '../../src/index.ts'
import { Box, names, Shelf, useBoxes } from './boxes.ts'

useBoxes()

describe('Q with xor (4.1): true where an odd number of its sides is', () => {
  test('two sides', async () => {
    expect(await names(Box.objects.filter(Q({ width: 3 }).xor({ height: 4 })))).toBe('c')
    expect(await names(Box.objects.filter(Q({ width__gte: 3 }).xor({ height__gte: 2 })))).toBe('ac')
  })

  test('three sides', async () => {
    const all = Q({ width__gte: 3 }).xor({ height__gte: 4 }).xor({ name: 'd' })
    expect(await names(Box.objects.filter(all))).toBe('cd')
  })

  test('negated, and within exclude', async () => {
    expect(await names(Box.objects.filter(Q({ width: 3 }).xor({ height: 4 }).not()))).toBe('abd')
    expect(await names(Box.objects.exclude(Q({ width: 3 }).xor({ height: 4 })))).toBe('abd')
  })

  test('over a relation that may be null keeps rows without it', async () => {
    expect(await names(Box.objects.filter(Q({ shelf__name: 'left' }).xor({ width__gte: 3 })))).toBe('acd')
  })
})

describe('querysets', () => {
  test('contains() (4.0)', async () => {
    const box = await Box.objects.get({ name: 'a' })
    expect(await Box.objects.filter({ width: 1 }).contains(box)).toBe(true)
    expect(await Box.objects.filter({ width: 3 }).contains(box)).toBe(false)
  })

  test('updateOrCreate() with createDefaults (5.0)', async () => {
    const change = () => Box.objects.updateOrCreate({ name: 'new' }, { width: 2 }, { width: 1, height: 1 })
    const [made, isNew] = await change()
    expect([made.width, made.height, isNew]).toEqual([1, 1, true])
    const [found, isNewAgain] = await change()
    expect([found.width, found.height, isNewAgain]).toEqual([2, 1, false])
  })

  test('bulkCreate() with updateConflicts (4.1), and keys of its rows (4.0 on SQLite)', async () => {
    const options = { updateConflicts: true, uniqueFields: ['name'], updateFields: ['width'] } as const
    await Box.objects.bulkCreate(
      [
        { name: 'a', width: 9, height: 9 },
        { name: 'new', width: 8 },
      ],
      options,
    )
    expect(
      await Box.objects
        .filter({ name__in: ['a', 'new'] })
        .orderBy('name')
        .valuesList('width', 'height'),
    ).toEqual([
      [9, 2],
      [8, null],
    ])
    const rows = await Shelf.objects.bulkCreate([{ name: 'x' }, { name: 'y' }])
    expect(await names(Shelf.objects.filter({ id__in: rows.map(({ id }) => id) }))).toBe('xy')
  })

  test('values() gives names in the order of the call (5.2)', async () => {
    const [row] = await Box.objects
      .annotate({ twice: F('width').multiply(2) })
      .orderBy('id')
      .valuesList('twice', 'name', 'width')
    expect(row).toEqual([2, 'a', 1])
  })

  test('a Prefetch may be sliced (4.2): so many for each row', async () => {
    const boxes = Box.objects.orderBy('-name').slice(0, 1)
    const shelves = await Shelf.objects.orderBy('id').prefetchRelated(Prefetch('boxes', boxes))
    const found = await Promise.all(shelves.map((shelf) => names(shelf.boxes.all())))
    expect(found).toEqual(['b', 'c'])
  })
})

describe('aggregates and functions', () => {
  test('default (4.0): what there is for no rows', async () => {
    const none = Box.objects.filter({ width: 99 })
    expect(await none.aggregate({ sum: Sum('width', { default: 0 }), bare: Sum('width') })).toEqual({
      sum: 0,
      bare: null,
    })
    const counted = await Shelf.objects.annotate({ sum: Sum('boxes__height', { default: -1 }) }).orderBy('id')
    expect(counted.map(({ sum }) => sum)).toEqual([6, -1])
  })

  test('Round() to some places (4.0)', async () => {
    const rows = await Box.objects
      .annotate({ x: Round(F('width').multiply(1.126), 2) })
      .orderBy('id')
      .valuesList('x', { flat: true })
    expect(rows.map(Number)).toEqual([1.13, 3.38, 3.38, 5.63])
  })

  test('StringAgg() (6.0) in an order', async () => {
    const all = await Box.objects.aggregate({ all: StringAgg('name', ', ', { orderBy: '-name' }) })
    expect(all).toEqual({ all: 'd, c, b, a' })
    const each = await Shelf.objects
      .annotate({ all: StringAgg('boxes__name', '/', { orderBy: 'boxes__name' }) })
      .orderBy('id')
    expect(each.map((shelf) => shelf.all)).toEqual(['a/b', 'c'])
  })

  test('AnyValue() (6.0) is one of a group', async () => {
    const rows = await Box.objects
      .values('width')
      .annotate({ any: AnyValue('name'), n: Count('id') })
      .orderBy('width')
    expect(rows.map(({ width, n }) => [width, n])).toEqual([
      [1, 1],
      [3, 2],
      [5, 1],
    ])
    expect(['b', 'c']).toContain(rows[1]?.any)
  })

  test('JSONArray() (5.2)', async () => {
    const [row] = await Box.objects.filter({ name: 'a' }).annotate({ list: JSONArray('name', 'width') })
    expect(row?.list).toEqual(['a', 1])
  })

  test('a filter by a window function (4.2), ordered by a name with a sign (4.1)', async () => {
    const ranked = Box.objects.annotate({ place: Window(Rank(), { partitionBy: 'shelf', orderBy: '-width' }) })
    expect(await names(ranked.filter({ place: 1 }))).toBe('bcd')
    expect(await ranked.filter({ place: 1 }).count()).toBe(3)
    expect(await names(ranked.filter(Q({ place: 1 }).or({ name: 'a' })))).toBe('abcd')
    const numbered = Box.objects.annotate({ row: Window(RowNumber(), { orderBy: 'name' }) })
    // What is not about windows comes before them: of the two rows that it leaves, one is the second.
    expect(await names(numbered.filter({ row__gt: 1, width: 3 }))).toBe('c')
  })
})
