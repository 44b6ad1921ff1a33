import { expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { type MigrateOptions, type MigrationProgress, migrate } from '../../src/migrations/index.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { bareApps, writeMigration } from './migration-file.ts'
import { rows } from './project.ts'

const place = useTemporaryDatabase()

async function run(options: Partial<MigrateOptions> = {}): Promise<string[]> {
  const told: string[] = []
  const onProgress = (progress: MigrationProgress) => {
    if (progress.kind === 'done') told.push(`${progress.migration.name}${progress.fake ? ' recorded only' : ''}`)
  }
  await migrate({ apps: bareApps(place.dir, 'shop', 'base'), fakeInitial: true, onProgress, ...options })
  return told
}

const item =
  "m.createModel('Item', { id: orm.bigAuto(), name: orm.char({ maxLength: 9 }), tags: orm.manyToMany('shop.Tag') })"
const tag = "m.createModel('Tag', { id: orm.bigAuto() })"

function shop(parts: { initial?: boolean; more?: string } = {}): void {
  const { more = '', ...rest } = parts
  writeMigration(place.dir, 'shop.0001_initial', { ...rest, operations: `${tag}, ${item}${more}` })
  writeMigration(place.dir, 'shop.0002_size', {
    dependencies: "[['shop', '0001_initial']]",
    operations: "m.addField('Item', 'size', orm.integer({ null: true }))",
  })
}

/** Runs the migrations and takes the record away, as a database is that somebody else has made. */
async function madeElsewhere(change = ''): Promise<void> {
  await migrate({ apps: bareApps(place.dir, 'shop', 'base') })
  await database().script('DROP TABLE django_migrations')
  if (change !== '') await database().script(change)
}

test('tables that are there are taken for those of the first migration; what comes after it runs', async () => {
  shop()
  await migrate({ apps: bareApps(place.dir, 'shop', 'base'), app: 'shop', name: '0001' })
  await database().script('DROP TABLE django_migrations')
  expect(await run()).toEqual(['0001_initial recorded only', '0002_size'])
  expect(await rows('SELECT name FROM django_migrations ORDER BY id')).toEqual([['0001_initial'], ['0002_size']])
})

test('on an empty database everything runs', async () => {
  shop()
  expect(await run()).toEqual(['0001_initial', '0002_size'])
})

test('without the option they are in the way, and nothing has changed', async () => {
  shop()
  await madeElsewhere()
  await expect(run({ fakeInitial: false })).rejects.toThrow(
    /0001_initial failed at operation 1 of 2, 'Create model Tag'/,
  )
  expect(await database().tableNames()).not.toContain('django_migrations')
})

test('a part of them is an error that names the rest', async () => {
  shop()
  await madeElsewhere('DROP TABLE shop_item_tags')
  await expect(run()).rejects.toThrow(
    /Of what shop\.0001_initial makes, the database has a part and lacks shop_item_tags, shop_item_tags\.id.*migrate shop 0001_initial --fake/,
  )
})

test('a column that is not there is one, too', async () => {
  shop()
  await madeElsewhere('ALTER TABLE shop_item DROP COLUMN name')
  await expect(run()).rejects.toThrow('lacks shop_item.name.')
})

test('columns that it adds to its own tables, and fields that it takes another name for, count as they end', async () => {
  shop({
    more: ", m.addField('Item', 'note', orm.text()), m.renameField('Item', 'note', 'remark'), m.renameModel('Tag', 'Label')",
  })
  await madeElsewhere('ALTER TABLE shop_item DROP COLUMN size')
  expect(await run()).toEqual(['0001_initial recorded only', '0002_size'])
})

test('columns that it adds to a table of another app are looked for', async () => {
  writeMigration(place.dir, 'base.0001_initial', { operations: "m.createModel('Thing', { id: orm.bigAuto() })" })
  writeMigration(place.dir, 'shop.0001_initial', {
    dependencies: "[['base', '0001_initial']]",
    operations:
      "m.createModel('Part', { id: orm.bigAuto(), thing: orm.foreignKey('base.Thing', { onDelete: orm.CASCADE }) })",
  })
  await madeElsewhere('DROP TABLE shop_part')
  expect(await run()).toEqual(['0001_initial', '0001_initial recorded only'].reverse())
})

test('initial: false is never taken for one, initial: true always', async () => {
  shop({ initial: false })
  await madeElsewhere()
  await expect(run()).rejects.toThrow("failed at operation 1 of 2, 'Create model Tag'")
  writeMigration(place.dir, 'base.0001_a')
  writeMigration(place.dir, 'base.0002_b', {
    initial: true,
    dependencies: "[['base', '0001_a']]",
    operations: "m.createModel('Thing', { id: orm.bigAuto() })",
  })
  await database().script('CREATE TABLE base_thing (id bigint PRIMARY KEY)')
  expect(await run({ app: 'base' })).toEqual(['0001_a', '0002_b recorded only'])
})

test('a first migration that makes nothing runs', async () => {
  writeMigration(place.dir, 'base.0001_a', { operations: "m.runSQL('SELECT 1')" })
  expect(await run({ app: 'base' })).toEqual(['0001_a'])
})

test(`names that differ in case are ${vendor === 'sqlite' ? 'the same' : 'others'}`, async () => {
  writeMigration(place.dir, 'base.0001_a', { operations: "m.createModel('Thing', { id: orm.bigAuto() })" })
  await database().script('CREATE TABLE "Base_Thing" ("ID" bigint PRIMARY KEY)')
  expect(await run({ app: 'base' })).toEqual([vendor === 'sqlite' ? '0001_a recorded only' : '0001_a'])
})
