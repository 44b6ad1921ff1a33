import { beforeEach, describe, expect, test } from 'vitest'
import { captureQueries, FETCH_ONE, FETCH_RAISE, FieldFetchBlocked, Sum } from '../../src/index.ts'
import { Box, Line, names, useBoxes } from './boxes.ts'

useBoxes()

const queries = async (fn: () => Promise<unknown>) => (await captureQueries(fn)).queries.length

describe('generated fields (5.0)', () => {
  test('are read after the row is made', async () => {
    const box = await Box.objects.create({ name: 'e', width: 6, height: 7 })
    expect([box.area, box.loud]).toEqual([42, 'E'])
  })

  test('follow what they are made of', async () => {
    const box = await Box.objects.get({ name: 'b' })
    box.width = 10
    await box.save()
    await box.refreshFromDb()
    expect(box.area).toBe(40)
    await Box.objects.filter({ name: 'b' }).update({ height: 1 })
    expect((await Box.objects.get({ name: 'b' })).area).toBe(10)
  })

  test('are filtered and ordered by, and aggregated', async () => {
    expect(await names(Box.objects.filter({ area__gt: 2 }))).toBe('bd')
    expect(await names(Box.objects.filter({ area: null }))).toBe('c')
    expect(await Box.objects.aggregate({ sum: Sum('area') })).toEqual({ sum: 2 + 12 + 25 })
  })

  test('are not written', async () => {
    await expect(Box.objects.update({ area: 3 } as never)).rejects.toThrow('the database computes it')
  })
})

describe('database defaults (5.0)', () => {
  test('a value and an expression are there after the row is made', async () => {
    const box = await Box.objects.create({ name: 'e', width: 1 })
    expect(box.color).toBe('red')
    expect(box.made).toBeInstanceOf(Temporal.Instant)
  })

  test('yield to a value that is given', async () => {
    const box = await Box.objects.create({ name: 'e', width: 1, color: 'blue' })
    await box.refreshFromDb()
    expect(box.color).toBe('blue')
  })

  test('are taken by bulkCreate, beside rows with values', async () => {
    await Box.objects.bulkCreate([
      { name: 'e', width: 1 },
      { name: 'f', width: 1, color: 'blue' },
    ])
    expect(
      await Box.objects
        .filter({ name__in: ['e', 'f'] })
        .orderBy('name')
        .valuesList('color', { flat: true }),
    ).toEqual(['red', 'blue'])
  })
})

describe('composite primary keys (5.2)', () => {
  beforeEach(async () => {
    for (const [order, number] of [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 3],
    ] as const)
      await Line.objects.create({ order, number })
  })
  const keys = async (rows: PromiseLike<readonly { readonly pk: readonly number[] }[]>) =>
    (await rows).map(({ pk }) => pk)

  test('a row is found by its key, which is a list', async () => {
    const line = await Line.objects.get({ pk: [2, 1] })
    expect([line.pk, line.order, line.number]).toEqual([[2, 1], 2, 1])
    await expect(Line.objects.get({ pk: [3, 1] })).rejects.toBeInstanceOf(Line.DoesNotExist)
  })

  test('keys are compared and ordered part by part', async () => {
    expect(
      await keys(
        Line.objects
          .filter({
            pk__in: [
              [1, 2],
              [2, 3],
              [9, 9],
            ],
          })
          .orderBy('pk'),
      ),
    ).toEqual([
      [1, 2],
      [2, 3],
    ])
    expect(await keys(Line.objects.filter({ pk__gt: [1, 1] }).orderBy('-pk'))).toEqual([
      [2, 3],
      [2, 1],
      [1, 2],
    ])
    expect(await keys(Line.objects.exclude({ pk: [1, 1] }).orderBy('pk'))).toEqual([
      [1, 2],
      [2, 1],
      [2, 3],
    ])
  })

  test('a row is saved and deleted by its key', async () => {
    const line = await Line.objects.get({ pk: [1, 2] })
    line.amount = 7
    await line.save()
    expect(await Line.objects.filter({ amount: 7 }).values('order', 'number')).toEqual([{ order: 1, number: 2 }])
    await line.delete()
    expect(await Line.objects.count()).toBe(3)
  })

  test('first and last go by it', async () => {
    expect((await Line.objects.first())?.pk).toEqual([1, 1])
    expect((await Line.objects.last())?.pk).toEqual([2, 3])
  })
})

describe('fetch modes (6.1)', () => {
  test('peers: what one row lacks is fetched for all of its result', async () => {
    const boxes = await Box.objects.filter({ shelf__isnull: false })
    expect(await queries(async () => Promise.all(boxes.map(async (box) => (await box.shelf)?.name)))).toBe(1)
  })

  test('one: for the row alone', async () => {
    const boxes = await Box.objects.filter({ shelf__isnull: false }).fetchMode(FETCH_ONE)
    const each = async () => {
      for (const box of boxes) await box.shelf
    }
    expect(await queries(each)).toBe(3)
  })

  test('raise: not at all', async () => {
    const [box] = await Box.objects.filter({ name: 'a' }).fetchMode(FETCH_RAISE)
    await expect(Promise.resolve().then(() => box?.shelf)).rejects.toBeInstanceOf(FieldFetchBlocked)
  })
})
