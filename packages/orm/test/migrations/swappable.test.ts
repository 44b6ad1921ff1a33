import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import {
  CASCADE,
  char,
  foreignKey,
  Model,
  manyToMany,
  readSwapsFrom,
  registerModels,
  swappable,
} from '../../src/index.ts'
import type { MigrationApp } from '../../src/migrations/index.ts'
import { answering, migrate, migrationPlan } from '../../src/migrations/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { writeMigration } from './migration-file.ts'
import { actualTables, make, makeAndMigrate } from './project.ts'

const place = useTemporaryDatabase()

const accountModel = swappable<object>('accountModel')

/** A package with a model that a project may put another in the place of, an app that points to it, and the project's own. */
function apps(setting?: string): MigrationApp[] {
  readSwapsFrom((name) => (name === 'accountModel' ? setting : undefined))
  class Account extends Model({ name: char({ maxLength: 50 }) }, { swappable: 'accountModel' }) {}
  class Order extends Model({
    get customer() {
      return foreignKey(accountModel, { onDelete: CASCADE })
    },
    get watchers() {
      return manyToMany(accountModel)
    },
  }) {}
  class Person extends Model({ address: char({ maxLength: 50 }) }) {}
  const described = (label: string, models: object): MigrationApp => ({
    label,
    models: registerModels(label, models as never),
    migrationsDir: join(place.dir, label, 'migrations'),
  })
  // The order is such that nothing is right by chance.
  return [described('orders', { Order }), described('base', { Account }), described('people', { Person })]
}

const source = (app: string, name = '0001_initial') =>
  readFile(join(place.dir, app, 'migrations', `${name}.ts`), 'utf8')

/** The tables that there are, and where those of orders point to. */
async function tables() {
  const all = await actualTables()
  const pointing = all.filter(({ name }) => name.startsWith('orders_'))
  return {
    names: all.map(({ name }) => name),
    targets: pointing.flatMap(({ columns }) => columns.flatMap(({ references }) => references?.table ?? [])).sort(),
  }
}

afterEach(() => readSwapsFrom(undefined))

test('a relation is written by the setting, with a dependency on whoever has the model', async () => {
  const made = await makeAndMigrate(apps())
  expect(made.changes.map(({ app, name }) => `${app}.${name}`).sort()).toEqual([
    'base.0001_initial',
    'orders.0001_initial',
    'people.0001_initial',
  ])
  const orders = await source('orders')
  expect(orders).toContain("  dependencies: [swappableDependency('accountModel')],\n")
  expect(orders).toContain("customer: foreignKey(swappable('accountModel'), { onDelete: CASCADE }),")
  expect(orders).toContain("watchers: manyToMany(swappable('accountModel')),")
  expect(await source('base')).toContain("{ swappable: 'accountModel' },")
  expect(await tables()).toEqual({
    names: ['base_account', 'orders_order', 'orders_order_watchers', 'people_person'],
    targets: ['base_account', 'base_account', 'orders_order'],
  })
  expect((await make(apps())).changes).toEqual([])
})

test('the same files serve a project that has another model: its table is made, the other is not', async () => {
  await make(apps())
  const swapped = apps('people.Person')
  expect((await make(swapped)).changes).toEqual([])
  const plan = (await migrationPlan({ apps: swapped })).map(({ app }) => app)
  expect(plan.indexOf('people')).toBeLessThan(plan.indexOf('orders'))
  await migrate({ apps: swapped })
  expect(await tables()).toEqual({
    names: ['orders_order', 'orders_order_watchers', 'people_person'],
    targets: ['orders_order', 'people_person', 'people_person'],
  })
  expect((await make(swapped)).changes).toEqual([])
  // The way back leaves nothing, and stumbles over nothing.
  for (const app of ['orders', 'people', 'base']) await migrate({ apps: swapped, app, name: 'zero' })
  expect((await tables()).names).toEqual([])
})

test('fields that come later to a model that was swapped change no table', async () => {
  const swapped = apps('people.Person')
  await make(swapped)
  writeMigration(place.dir, 'base.0002_account_phone', {
    dependencies: "[['base', '0001_initial']]",
    operations: "m.addField('Account', 'phone', orm.char({ maxLength: 9, default: '' }))",
  })
  await migrate({ apps: swapped })
  expect((await tables()).names).not.toContain('base_account')
})

test('the model need not be in the first migration of its app', async () => {
  const swapped = apps('people.Person')
  await make(swapped)
  writeMigration(place.dir, 'people.0001_initial')
  writeMigration(place.dir, 'people.0002_person', {
    dependencies: "[['people', '0001_initial']]",
    operations: "m.createModel('Person', { id: orm.bigAuto(), address: orm.char({ maxLength: 50 }) })",
  })
  const plan = (await migrationPlan({ apps: swapped })).map(({ app, name }) => `${app}.${name}`)
  expect(plan.indexOf('people.0002_person')).toBeLessThan(plan.indexOf('orders.0001_initial'))
  await migrate({ apps: swapped })
  expect((await tables()).targets).toContain('people_person')
})

test('files that name the model by its label say the same', async () => {
  await make(apps())
  writeMigration(place.dir, 'orders.0001_initial', {
    dependencies: "[['base', '0001_initial']]",
    operations: `m.createModel('Order', { id: orm.bigAuto(),
      customer: orm.foreignKey('base.Account', { onDelete: orm.CASCADE }), watchers: orm.manyToMany('base.Account') })`,
  })
  expect((await make(apps())).changes).toEqual([])
})

test('another model in the middle of a project is no change, and a database whose record does not fit is refused', async () => {
  await makeAndMigrate([...apps().filter(({ label }) => label !== 'people')])
  const swapped = apps('people.Person')
  expect((await make(swapped)).changes.map(({ app }) => app)).toEqual(['people'])
  await expect(migrate({ apps: swapped })).rejects.toThrow(
    'The database has run orders.0001_initial, but not people.0001_initial, which it needs. ' +
      "Its relations go to the model that the setting 'accountModel' names: was that another when the database was made?",
  )
})

test('code in a migration has the model that there is, and is refused the other', async () => {
  const swapped = apps('people.Person')
  await make(swapped)
  writeMigration(place.dir, 'orders.0002_code', {
    dependencies: "[['orders', '0001_initial'], ['base', '0001_initial']]",
    operations: `
      m.runCode(async (history) => { await history.model('people.Person').objects.create({ address: 'x' }) }, m.noop),
      m.runCode(async (history) => { await history.model('base.Account').objects.create({ name: 'x' }) }, m.noop)`,
  })
  await expect(migrate({ apps: swapped })).rejects.toThrow(
    "Manager isn't available; 'base.Account' has been swapped for 'people.Person'",
  )
})

test('a setting that no model has is told', async () => {
  await make(apps())
  writeMigration(place.dir, 'orders.0002_more', { dependencies: "[m.swappableDependency('acountModel')]" })
  await expect(migrate({ apps: apps() })).rejects.toThrow("No model is swappable by the setting 'acountModel'.")
})

test('a model that gets another name is followed, by the tables of apps that know the setting alone', async () => {
  await makeAndMigrate(apps('people.Person'))
  readSwapsFrom((name) => (name === 'accountModel' ? 'people.Member' : undefined))
  class Member extends Model({ address: char({ maxLength: 50 }) }) {}
  const renamed = apps('people.Member').map((app) =>
    app.label === 'people' ? { ...app, models: registerModels('people', { Member }) } : app,
  )
  await make(renamed, { only: ['people'], questioner: answering({ renames: { 'people.Person': 'Member' } }) })
  await migrate({ apps: renamed })
  const expected = {
    names: ['base_account', 'orders_order', 'orders_order_watchers', 'people_member'].slice(1),
    targets: ['orders_order', 'people_member', 'people_member'],
  }
  expect(await tables()).toEqual(expected)
  const columns = async () =>
    (await actualTables()).find(({ name }) => name === 'orders_order_watchers')!.columns.map(({ name }) => name)
  expect(await columns()).toEqual(['id', 'member_id', 'order_id'])
  expect((await make(renamed)).changes).toEqual([])
  // On a new database the names of each point are those of that point.
  for (const app of ['orders', 'people', 'base']) await migrate({ apps: renamed, app, name: 'zero' })
  await migrate({ apps: renamed })
  expect([await tables(), await columns()]).toEqual([expected, ['id', 'member_id', 'order_id']])
})

test('a swappable model that gets another name itself has its table all the same', async () => {
  await makeAndMigrate(apps())
  class Client extends Model({ name: char({ maxLength: 50 }) }, { swappable: 'accountModel' }) {}
  const renamed = apps('base.Client').map((app) =>
    app.label === 'base' ? { ...app, models: registerModels('base', { Client }) } : app,
  )
  await make(renamed, { only: ['base'], questioner: answering({ renames: { 'base.Account': 'Client' } }) })
  for (const app of ['orders', 'people', 'base']) await migrate({ apps: renamed, app, name: 'zero' })
  await migrate({ apps: renamed })
  expect((await tables()).names).toEqual(['base_client', 'orders_order', 'orders_order_watchers', 'people_person'])
})
