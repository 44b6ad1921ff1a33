import { afterEach, beforeEach, expect, expectTypeOf, test } from 'vitest'
import {
  CASCADE,
  char,
  checkModels,
  foreignKey,
  type Instance,
  Model,
  manager,
  manyToMany,
  models,
  readSwapsFrom,
  registerModels,
  reverse,
  swappable,
} from '../../src/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { makeTables } from './make-tables.ts'

useTemporaryDatabase()

/** The model of a package, in whose place a project may put its own. */
class Account extends Model({ name: char({ maxLength: 50 }) }, { swappable: 'accountModel' }) {
  static objects = manager(Account)
}

class Customer extends Model({
  address: char({ maxLength: 50 }),
  get orders() {
    return reverse(Order, 'customer')
  },
}) {
  static objects = manager(Customer)
}

const accountModel = swappable<typeof Customer>('accountModel')

class Order extends Model({
  get customer() {
    return foreignKey(accountModel, { onDelete: CASCADE })
  },
  get watchers() {
    return manyToMany(accountModel)
  },
}) {
  static objects = manager(Order)
}

class Stuck extends Model({
  get account() {
    return foreignKey(Account, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Stuck)
}

const swapped = (label: string | undefined) =>
  readSwapsFrom((setting) => (setting === 'accountModel' ? label : undefined))

beforeEach(() => {
  swapped('shop.Customer')
  registerModels('base', { Account })
  registerModels('shop', { Customer, Order, Stuck })
})

afterEach(() => readSwapsFrom(undefined))

test('a relation to the setting leads to the model that it names', async () => {
  await makeTables([Customer.meta, Order.meta])
  const ann = await Customer.objects.create({ address: 'ann@example.com' })
  const order = await Order.objects.create({ customer: ann })
  await order.watchers.add(ann)
  expect((await Order.objects.selectRelated('customer').get()).customer.address).toBe('ann@example.com')
  expect(await Order.objects.filter({ customer__address__startswith: 'ann', watchers: ann }).count()).toBe(1)
  expect(await ann.orders.count()).toBe(1)
  expect((await order.customer).equals(ann)).toBe(true)
})

test('it has the types of that model', () => {
  expectTypeOf<Awaited<Instance<typeof Order>['customer']>>().toEqualTypeOf<Customer>()
  // @ts-expect-error there is no such field
  expect(() => Order.objects.filter({ customer__name: 'x' })).toThrow("has no field 'name'")
})

test('what stands for the model is the model', () => {
  expect(accountModel.meta).toBe(Customer.meta)
  expect(accountModel.objects).toBe(Customer.objects)
  const made = new accountModel({ address: 'x' })
  expect(made).toBeInstanceOf(Customer)
  expect(made).toBeInstanceOf(accountModel)
  expect(made.constructor).toBe(Customer)
})

test('a model that was swapped has no rows', async () => {
  const refusal =
    "Manager isn't available; 'base.Account' has been swapped for 'shop.Customer'. The setting 'accountModel' names the model whose rows there are."
  expect(() => Account.objects.all()).toThrow(refusal)
  expect(() => Account.objects.filter({ name: 'x' })).toThrow(refusal)
  await expect(async () => await Account.objects).rejects.toThrow(refusal)
  await expect(async () => Account.objects.create({ name: 'x' })).rejects.toThrow(refusal)
  await expect(async () => Account.objects.using('default').bulkCreate([new Account()])).rejects.toThrow(refusal)
  await expect(async () => new Account({ name: 'x' }).save()).rejects.toThrow(refusal)
})

test('it is none of the models that there are, and can be asked for', () => {
  expect(models.all('base')).toEqual([])
  expect([models.get('base.Account').swapped, Customer.meta.swapped]).toEqual(['shop.Customer', undefined])
  expect([models.settingOf(Customer.meta), models.settingOf(Account.meta), models.settingOf(Order.meta)]).toEqual([
    'accountModel',
    undefined,
    undefined,
  ])
})

test('a relation to a model that was swapped is an error, with the way out', () => {
  expect(checkModels([Stuck.meta, Order.meta])).toEqual([
    {
      level: 'error',
      id: 'fields.E301',
      object: 'shop.Stuck.account',
      message: 'It points to base.Account, which has been swapped for shop.Customer and has no table.',
      hint: "Let it point to whichever model the setting 'accountModel' names: swappable('accountModel'); for users that is userModel of nuages/auth.",
    },
  ])
})

test('without a word of the settings, or with its own label in any case, a model stands for itself', () => {
  for (const label of [undefined, 'base.account']) {
    swapped(label)
    expect([Account.meta.swapped, models.settingOf(Account.meta)]).toEqual([undefined, 'accountModel'])
    expect(models.swappable('accountModel')).toBe(Account.meta)
    expect(checkModels([Stuck.meta])).toEqual([])
  }
})

test('a setting that no model has is told', () => {
  expect(() => models.swappable('acountModel')).toThrow("Did you mean 'accountModel'?")
})
