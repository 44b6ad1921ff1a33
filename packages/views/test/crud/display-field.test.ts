import { char, createRegistry, Decimal, decimal, Model, manager, registerModels } from '@nuages/orm'
import { expect, test } from 'vitest'
import { DisplayField } from '../../src/crud/display-field.ts'

class Ware extends Model({
  name: char({ maxLength: 20 }),
  price: decimal({ maxDigits: 8, decimalPlaces: 2, null: true }),
}) {
  static objects = manager(Ware)
}
registerModels('wares', { Ware }, createRegistry())

test('a decimal is shown with the places that its field has', () => {
  const price = new DisplayField(Ware.meta, 'price')
  expect(price.of(new Ware({ name: 'Kite', price: new Decimal('24.9') }))).toEqual({
    label: 'Price',
    kind: 'number',
    value: '24.90',
  })
  expect(price.of(new Ware({ name: 'Gift', price: null })).value).toBeNull()
})
