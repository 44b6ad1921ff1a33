import { describe, expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { type MigrateOptions, migrate, showMigrations, sqlMigrate } from '../../src/migrations/index.ts'
import { unfinishedTable } from '../../src/migrations/own-tables.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { bareApps, removeMigration, writeMigration } from './migration-file.ts'
import { rows } from './project.ts'

const place = useTemporaryDatabase()
const apps = () => bareApps(place.dir, 'shop')
const run = (options: Partial<MigrateOptions> = {}) => migrate({ apps: apps(), ...options })
const columns = async () =>
  (await database().introspect()).find(({ name }) => name === 'shop_item')?.columns.map(({ name }) => name)
const record = async () => (await rows('SELECT name FROM django_migrations ORDER BY id')).map(([name]) => name)
const status = async () => {
  const { state, standing } = (await showMigrations({ apps: apps() }))[0]!.migrations.at(-1)!
  return { state, standing }
}

/** An operation that says whether it is inside a transaction, and fails while there is a table of the name `broken`. */
const probe = (name: string, atomic: boolean) => `{
  factory: 'probe', arguments: [], description: 'Probe ${name}', nameFragment: undefined, reversible: true, atomic: ${atomic},
  applyTo: (state) => state,
  forwards: ({ database }) => globalThis.probes('${name} forwards', database),
  backwards: ({ database }) => globalThis.probes('${name} backwards', database),
}`

const told: string[] = []
let failing = ''
Object.assign(globalThis, {
  probes: async (name: string, { inAtomicBlock }: { inAtomicBlock: boolean }) => {
    if (name === failing) throw new Error('probe failed')
    told.push(`${name}${inAtomicBlock ? ' in a transaction' : ''}`)
  },
})

function twoFields(middle = probe('middle', false)): void {
  told.length = 0
  failing = ''
  writeMigration(place.dir, 'shop.0001_item', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
  writeMigration(place.dir, 'shop.0002_parts', {
    dependencies: "[['shop', '0001_item']]",
    atomic: false,
    operations: `m.addField('Item', 'one', orm.integer({ null: true })), ${middle}, m.addField('Item', 'two', orm.integer({ null: true }))`,
  })
}

test('each operation is a transaction of its own, save those that run outside of any', async () => {
  twoFields()
  await run()
  await run({ app: 'shop', name: '0001' })
  expect(told).toEqual(['middle forwards', 'middle backwards'])
  expect(await columns()).toEqual(['id'])
  expect(await database().tableNames()).not.toContain(unfinishedTable)
})

test('what ran before a failure stays, the error says so, and the next run goes on there', async () => {
  twoFields()
  failing = 'middle forwards'
  const error = await run().catch((reason) => reason)
  expect(error).toMatchObject({
    code: 'migration-failed',
    operation: 'Probe middle',
    standing: ['Add field one to Item'],
  })
  expect(error.message).toBe(
    `shop.0002_parts failed at operation 2 of 3, 'Probe middle': probe failed
shop.0002_parts is not atomic. Operation 1 stands ('Add field one to Item'), and the record does not have the migration. Run migrate again when the cause is gone: it goes on at operation 2. To take back what stands, migrate to the one before it. What 'Probe middle' left behind it clears away when it runs again.`,
  )
  expect(await columns()).toEqual(['id', 'one'])
  expect(await record()).toEqual(['0001_item'])
  expect(await status()).toEqual({ state: 'unfinished', standing: 1 })
  failing = ''
  expect(await run()).toMatchObject([{ name: '0002_parts' }])
  expect(await columns()).toEqual(['id', 'one', 'two'])
  expect(await record()).toEqual(['0001_item', '0002_parts'])
  expect(await status()).toEqual({ state: 'applied', standing: undefined })
  expect(await database().tableNames()).not.toContain(unfinishedTable)
})

test('or the way back takes what stands', async () => {
  twoFields()
  failing = 'middle forwards'
  await expect(run()).rejects.toThrow('Operation 1 stands')
  expect(await run({ app: 'shop', name: '0001' })).toMatchObject([{ name: '0002_parts', direction: 'backwards' }])
  expect(await columns()).toEqual(['id'])
  expect(await record()).toEqual(['0001_item'])
  expect(told).toEqual([])
  expect(await database().tableNames()).not.toContain(unfinishedTable)
})

test('the way back stops and goes on in the same manner, in either direction', async () => {
  twoFields()
  await run()
  failing = 'middle backwards'
  const error = await run({ app: 'shop', name: '0001' }).catch((reason) => reason)
  expect(error.message).toMatch(
    /^shop\.0002_parts, on the way back, failed at operation 2 of 3.*\n.*Operations 1 to 2 stand \('Add field one to Item', 'Probe middle'\), 1 of 3 are taken back/,
  )
  expect(await columns()).toEqual(['id', 'one'])
  expect(await status()).toEqual({ state: 'unfinished', standing: 2 })
  await run()
  expect(await columns()).toEqual(['id', 'one', 'two'])
  expect(await status()).toEqual({ state: 'applied', standing: undefined })
  await expect(run({ app: 'shop', name: '0001' })).rejects.toThrow('on the way back')
  failing = ''
  await run({ app: 'shop', name: '0001' })
  expect(await columns()).toEqual(['id'])
  expect(await record()).toEqual(['0001_item'])
})

test('a file that begins otherwise than what stands is refused', async () => {
  twoFields()
  failing = 'middle forwards'
  await expect(run()).rejects.toThrow('Operation 1 stands')
  removeMigration(place.dir, 'shop.0002_parts')
  // Modules are loaded once, so that the changed file has another name, and the note with it.
  writeMigration(place.dir, 'shop.0002_other', {
    dependencies: "[['shop', '0001_item']]",
    atomic: false,
    operations: "m.addField('Item', 'three', orm.integer({ null: true }))",
  })
  await database().script(`UPDATE ${unfinishedTable} SET name = '0002_other'`)
  await expect(run()).rejects.toThrow(
    "shop.0002_other was stopped after 'Add field one to Item', and its file now begins with 'Add field three to Item'.",
  )
})

test('an operation that cannot be in a transaction needs a migration that is none, and nothing runs before that is said', async () => {
  twoFields()
  writeMigration(place.dir, 'shop.0003_wrong', {
    dependencies: "[['shop', '0002_parts']]",
    operations: probe('wrong', false),
  })
  await expect(run()).rejects.toThrow(
    "shop.0003_wrong is one transaction, in which 'Probe wrong' cannot run. Give the migration `atomic: false`",
  )
  expect(await database().tableNames()).toEqual([])
})

test('faking it writes the record, also where it was stopped', async () => {
  twoFields()
  failing = 'middle forwards'
  await expect(run()).rejects.toThrow('Operation 1 stands')
  await run({ fake: true })
  expect(await record()).toEqual(['0001_item', '0002_parts'])
  expect(await database().tableNames()).not.toContain(unfinishedTable)
})

test('one without operations is recorded', async () => {
  writeMigration(place.dir, 'shop.0001_none', { atomic: false })
  await run()
  expect(await record()).toEqual(['0001_none'])
  await run({ app: 'shop', name: 'zero' })
  expect(await record()).toEqual([])
})

describe('sqlMigrate', () => {
  test('shows the transactions as they are', async () => {
    twoFields()
    const sql = await sqlMigrate({ apps: apps(), app: 'shop', name: '0002' })
    expect(sql.filter((line) => !line.startsWith('ALTER'))).toEqual([
      'BEGIN;',
      '-- Add field one to Item',
      'COMMIT;',
      '-- Probe middle',
      '-- (nothing to do in the database)',
      'BEGIN;',
      '-- Add field two to Item',
      'COMMIT;',
    ])
  })
})
