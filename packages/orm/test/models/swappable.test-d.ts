import { expectTypeOf, test } from 'vitest'
import { CASCADE, char, foreignKey, Model, manager, manyToMany, swappable } from '../../src/index.ts'

class Customer extends Model({ address: char({ maxLength: 50 }) }) {
  static objects = manager(Customer)
}

const customerModel = swappable<typeof Customer>('customerModel')

class Order extends Model({
  get customer() {
    return foreignKey(customerModel, { onDelete: CASCADE })
  },
  get watchers() {
    return manyToMany(customerModel)
  },
}) {
  static objects = manager(Order)
}

test('what stands in for a model has its type', async () => {
  expectTypeOf(customerModel).toEqualTypeOf<typeof Customer>()
  const order = await Order.objects.get({ customer__address__startswith: 'x', watchers__address: 'y' })
  expectTypeOf(await order.customer).toEqualTypeOf<Customer>()
  expectTypeOf(order.customerId).toEqualTypeOf<number>()
  // @ts-expect-error customers have no name
  Order.objects.filter({ customer__name: 'x' })
})

test('a migration names the setting and no class', () => {
  foreignKey(swappable('customerModel'), { onDelete: CASCADE })
  manyToMany(swappable('customerModel'))
  // @ts-expect-error a key says what becomes of rows whose target is deleted
  foreignKey(swappable('customerModel'))
  // @ts-expect-error the setting is a name
  swappable(Customer)
})

Model({ name: char({ maxLength: 50 }) }, { swappable: 'customerModel' })
// @ts-expect-error the setting is a name
Model({ name: char({ maxLength: 50 }) }, { swappable: true })
