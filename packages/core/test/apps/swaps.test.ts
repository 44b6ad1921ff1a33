import { Model, manager, models } from '@nuages/orm'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { apps, defineApp, defineSettings, resetSetup, SettingsError, setup } from '../../src/index.ts'

class Account extends Model({}, { swappable: 'shop.accountModel' }) {
  static objects = manager(Account)
}
class User extends Model({}, { swappable: 'authUserModel' }) {
  static objects = manager(User)
}
class Customer extends Model({}) {
  static objects = manager(Customer)
}

const dir = import.meta.dirname
const auth = defineApp({ name: 'auth', dir, models: async () => ({ User }) })
const shop = defineApp({
  name: 'shop',
  dir,
  models: async () => ({ Account }),
  settings: z.strictObject({ accountModel: z.string().default('shop.Account') }),
})
const accounts = defineApp({ name: 'accounts', dir, models: async () => ({ Customer }) })

const project = (more: object = {}) =>
  defineSettings({ baseDir: dir, debug: true, installedApps: [auth, shop, accounts], ...more } as never)

beforeEach(resetSetup)

test('a setting puts a model in the place of another, and the registry knows those that there are', async () => {
  await setup(project({ authUserModel: 'accounts.Customer' }))
  expect(User.meta.swapped).toBe('accounts.Customer')
  expect(apps.models()).toEqual([Account, Customer])
  expect(apps.models('auth')).toEqual([])
  expect(apps.models('auth', { includeSwapped: true })).toEqual([User])
  expect(apps.getModel('auth.User')).toBe(User)
  expect(models.swappable('authUserModel')).toBe(Customer.meta)
})

test('the section of an app may have such a setting', async () => {
  await setup(project({ shop: { accountModel: 'accounts.customer' } }))
  expect([Account.meta.swapped, User.meta.swapped]).toEqual(['accounts.customer', undefined])
})

test('nothing is swapped once the project is taken back', async () => {
  await setup(project({ authUserModel: 'accounts.Customer' }))
  await resetSetup()
  expect(User.meta.swapped).toBeUndefined()
})

test('a model that is not there is told when the project is set up, with the way out', async () => {
  await expect(setup(project({ authUserModel: 'accounts.Custmer' }))).rejects.toThrow(
    new SettingsError([
      {
        key: 'authUserModel',
        message:
          "authUserModel is 'accounts.Custmer', and no installed app has that model. Did you mean 'accounts.Customer'? Models of 'accounts': Customer.",
      },
    ]),
  )
  await expect(setup(project({ authUserModel: 'people.Person' }))).rejects.toThrow(
    "Is the app 'people' in installedApps, and its module of models in its defineApp({ models })?",
  )
})

test('what is no label is told where the settings are defined', () => {
  expect(() => project({ authUserModel: 'Customer' })).toThrow(
    "authUserModel is 'Customer'; it takes the label of a model, its app and its name ('accounts.User').",
  )
})
