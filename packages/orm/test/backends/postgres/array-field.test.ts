import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import {
  array,
  char,
  createRegistry,
  date,
  decimal,
  FieldError,
  FieldValueError,
  integer,
  Model,
  manager,
  registerModels,
  uuid,
  type ValidationError,
} from '../../../src/index.ts'
import { makeTables } from '../../models/make-tables.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'

class Shirt extends Model({
  colours: array(char({ maxLength: 5, choices: { red: 'Red', blue: 'Blue' } })),
  sizes: array(integer({ null: true }), { default: [], size: 3 }),
  days: array(date(), { null: true }),
  prices: array(decimal({ maxDigits: 5, decimalPlaces: 2 }), { null: true }),
  codes: array(uuid(), { null: true }),
}) {
  static objects = manager(Shirt)
}

registerModels('wear', { Shirt }, createRegistry())
useTemporaryDatabase()
beforeEach(() => makeTables([Shirt.meta]))

test('lists are kept as they are', async () => {
  const days = [Temporal.PlainDate.from('2026-01-31')]
  const codes = ['0c7b6b2e-7d0f-4b6e-9d5e-5d4c3b2a1908']
  const values = { colours: ['red', 'blue'] as const, sizes: [1, null, 3], days, prices: ['1.50'], codes }
  const { pk } = await Shirt.objects.create(values as never)
  const row = await Shirt.objects.get({ pk })
  expectTypeOf(row.colours).toEqualTypeOf<('red' | 'blue')[]>()
  expectTypeOf(row.days).toEqualTypeOf<Temporal.PlainDate[] | null>()
  expect(row.colours).toEqual(['red', 'blue'])
  expect(row.sizes).toEqual([1, null, 3])
  expect(row.days!.map(String)).toEqual(['2026-01-31'])
  expect(row.prices!.map((price) => price.toFixed(2))).toEqual(['1.50'])
  expect(row.codes).toEqual(codes)
})

test('text with all that a list is written with', async () => {
  const colours = ['a"b', '{,', '\\ ', '', 'NULL'] as never
  await Shirt.objects.create({ colours })
  expect((await Shirt.objects.get()).colours).toEqual(colours)
})

describe('lookups', () => {
  beforeEach(async () => {
    await Shirt.objects.create({ colours: ['red'], sizes: [1, 2] })
    await Shirt.objects.create({ colours: ['red', 'blue'], sizes: [] })
  })
  const count = async (conditions: object) => Shirt.objects.filter(conditions as never).count()

  test('ask what is in a list', async () => {
    expect(await Shirt.objects.filter({ colours__contains: ['red'] }).count()).toBe(2)
    expect(await Shirt.objects.filter({ colours__contains: ['red', 'blue'] }).count()).toBe(1)
    expect(await Shirt.objects.filter({ colours__containedBy: ['red'] }).count()).toBe(1)
    expect(await Shirt.objects.filter({ sizes__overlap: [2, 7] }).count()).toBe(1)
    expect(await Shirt.objects.filter({ colours: ['red', 'blue'] }).count()).toBe(1)
    expect(await Shirt.objects.filter({ colours__in: [['red'], ['blue']] }).count()).toBe(1)
    expect(await Shirt.objects.exclude({ sizes__overlap: [2] }).count()).toBe(1)
  })

  test('ask for its length and its places', async () => {
    expect(await Shirt.objects.filter({ sizes__len: 0 }).count()).toBe(1)
    expect(await Shirt.objects.filter({ sizes__len__gte: 2 }).count()).toBe(1)
    expect(await Shirt.objects.filter({ colours__1: 'blue' }).count()).toBe(1)
    expect(await Shirt.objects.filter({ colours__0__startswith: 'r' }).count()).toBe(2)
  })

  test('refuse what is no list', async () => {
    await expect(count({ colours__contains: 'red' })).rejects.toThrow(FieldValueError)
    await expect(count({ colours__nope: 1 })).rejects.toThrow(FieldError)
  })
})

test('fullClean looks at each element', async () => {
  const row = new Shirt({ colours: ['red', 'green' as never], sizes: [1, 2, 3, 4] })
  const error: unknown = await row.fullClean().catch((thrown: unknown) => thrown)
  expect((error as ValidationError).errors).toMatchObject({
    colours: [{ message: "1: 'green' is none of the choices: 'red', 'blue'." }],
    sizes: [{ code: 'max_length', message: 'This has 4 elements; 3 are allowed.' }],
  })
})
