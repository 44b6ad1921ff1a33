import { beforeEach, expect, test } from 'vitest'
import {
  bigInteger,
  createRegistry,
  Decimal,
  decimal,
  FieldValueError,
  Model,
  manager,
  registerModels,
} from '../../src/index.ts'
import { makeTables } from '../models/make-tables.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

class Amount extends Model({
  price: decimal({ maxDigits: 6, decimalPlaces: 2, default: '1.50' }),
  net: decimal({ maxDigits: 6, decimalPlaces: 2, default: () => 2 }),
  gross: decimal({ maxDigits: 6, decimalPlaces: 2, dbDefault: '3.25' }),
  cents: bigInteger({ default: 0n }),
}) {
  static objects = manager(Amount)
}

registerModels('accepted', { Amount }, createRegistry())
useTemporaryDatabase()
beforeEach(() => makeTables([Amount.meta]))

test('a decimal that was given as text or as a number is a Decimal at once, and so is a default', async () => {
  const made = await Amount.objects.create({ price: '9.90', net: 4 })
  expect(made.price.plus(made.net).toFixed(2)).toBe('13.90')
  expect(made.gross.toFixed(2)).toBe('3.25')
  const fresh = new Amount({})
  expect(fresh.price.plus(fresh.net).toFixed(2)).toBe('3.50')
  const [found] = await Amount.objects.getOrCreate({ price: '7.10' })
  expect(found.price.times(2).toFixed(2)).toBe('14.20')
  const [bulk] = await Amount.objects.bulkCreate([{ price: 5 }])
  expect(bulk!.price).toBeInstanceOf(Decimal)
})

test('a bigint that was given as a number is a bigint at once', async () => {
  const made = await Amount.objects.create({ cents: 5 })
  expect(made.cents + 1n).toBe(6n)
})

test('what is no number is refused when it is saved, under the name of its field', async () => {
  for (const price of ['x', 'NaN', '1e999999999'])
    await expect(Amount.objects.create({ price })).rejects.toThrow(FieldValueError)
})
