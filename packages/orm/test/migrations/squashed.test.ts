import { describe, expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { type MigrateOptions, migrate, pruneRecord, recordDrift, showMigrations } from '../../src/migrations/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { bareApps, removeMigration, writeMigration } from './migration-file.ts'
import { rows } from './project.ts'

const place = useTemporaryDatabase()
const apps = () => bareApps(place.dir, 'shop')

/** Three migrations that make a table with a column each. */
function originals(): void {
  writeMigration(place.dir, 'shop.0001_item', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
  writeMigration(place.dir, 'shop.0002_size', {
    dependencies: "[['shop', '0001_item']]",
    operations: "m.addField('Item', 'size', orm.integer({ null: true }))",
  })
  writeMigration(place.dir, 'shop.0003_name', {
    dependencies: "[['shop', '0002_size']]",
    operations: "m.addField('Item', 'name', orm.char({ maxLength: 9, default: '' }))",
  })
}

function squashed({ replaces = true } = {}): void {
  writeMigration(place.dir, 'shop.0001_squashed_0003', {
    ...(replaces ? { replaces: "[['shop', '0001_item'], ['shop', '0002_size'], ['shop', '0003_name']]" } : {}),
    operations:
      "m.createModel('Item', { id: orm.bigAuto(), size: orm.integer({ null: true }), name: orm.char({ maxLength: 9, default: '' }) })",
  })
}

const run = async (options: Partial<MigrateOptions> = {}) =>
  (await migrate({ apps: apps(), ...options })).map(
    ({ name, direction }) => `${direction === 'forwards' ? '+' : '-'}${name}`,
  )
const record = async () => (await rows('SELECT name FROM django_migrations ORDER BY name')).map(([name]) => name)
const columns = async () =>
  (await database().introspect()).find(({ name }) => name === 'shop_item')?.columns.map(({ name }) => name)
const shown = async () =>
  (await showMigrations({ apps: apps() }))[0]!.migrations.map(({ name, state, squashed: count }) => [
    name,
    state,
    count,
  ])

const everything = ['0001_item', '0001_squashed_0003', '0002_size', '0003_name']

test('on an empty database it runs, and is recorded with all that it replaces', async () => {
  originals()
  squashed()
  expect(await run()).toEqual(['+0001_squashed_0003'])
  expect(await columns()).toEqual(['id', 'size', 'name'])
  expect(await record()).toEqual(everything)
  expect(await shown()).toEqual([['0001_squashed_0003', 'applied', 3]])
  expect(await run()).toEqual([])
})

test('it is taken back as one, and leaves no record', async () => {
  originals()
  squashed()
  await run()
  expect(await run({ app: 'shop', name: 'zero' })).toEqual(['-0001_squashed_0003'])
  expect(await columns()).toBeUndefined()
  expect(await record()).toEqual([])
})

test('where the originals ran it is only recorded, whether or not there is anything else to do', async () => {
  originals()
  await run()
  squashed()
  expect(await shown()).toEqual([['0001_squashed_0003', 'unrecorded', 3]])
  expect(await run()).toEqual([])
  expect(await record()).toEqual(everything)
  expect(await shown()).toEqual([['0001_squashed_0003', 'applied', 3]])
})

test('where a part of them ran the rest runs, and then it is recorded', async () => {
  originals()
  await run({ app: 'shop', name: '0001' })
  squashed()
  writeMigration(place.dir, 'shop.0004_more', { dependencies: "[['shop', '0001_squashed_0003']]" })
  expect(await run()).toEqual(['+0002_size', '+0003_name', '+0004_more'])
  expect(await record()).toEqual(['0001_item', '0001_squashed_0003', '0002_size', '0003_name', '0004_more'])
  expect(await columns()).toEqual(['id', 'size', 'name'])
})

test('faked it is recorded with all that it replaces; taken back by --fake too', async () => {
  originals()
  squashed()
  expect(await run({ fake: true })).toEqual(['+0001_squashed_0003'])
  expect(await record()).toEqual(everything)
  expect(await columns()).toBeUndefined()
  await run({ app: 'shop', name: 'zero', fake: true })
  expect(await record()).toEqual([])
})

test('a target that was squashed is told apart from one that is unknown', async () => {
  originals()
  squashed()
  await expect(run({ app: 'shop', name: '0002' })).rejects.toThrow('shop.0002_size is part of shop.0001_squashed_0003')
})

test('Django’s record, in which a squashed migration stayed when it was taken back, is read as Django reads it', async () => {
  originals()
  squashed()
  await run()
  await run({ app: 'shop', name: 'zero' })
  const insert =
    "INSERT INTO django_migrations (app, name, applied) VALUES ('shop', '0001_squashed_0003', '2026-01-01 00:00:00')"
  await database().script(insert)
  expect(await run()).toEqual(['+0001_squashed_0003'])
  expect(await record()).toEqual(everything)
})

describe('when the originals are deleted', () => {
  const removeOriginals = () => {
    for (const name of ['0001_item', '0002_size', '0003_name']) removeMigration(place.dir, `shop.${name}`)
  }

  test('databases that ran them, and new ones, go on', async () => {
    originals()
    await run()
    squashed()
    removeOriginals()
    writeMigration(place.dir, 'shop.0004_more', { dependencies: "[['shop', '0003_name']]" })
    expect(await run()).toEqual(['+0004_more'])
    expect(await recordDrift({ apps: apps() })).toEqual([])
    await run({ app: 'shop', name: 'zero' })
    expect(await run()).toEqual(['+0001_squashed_0003', '+0004_more'])
  })

  test('a database that ran a part of them is told what to do', async () => {
    originals()
    await run({ app: 'shop', name: '0002' })
    squashed()
    removeOriginals()
    await expect(run()).rejects.toThrow(
      /stands for 3 migrations, of which the database has run 2.*gone: shop\.0003_name\. Put them back and run migrate/,
    )
  })

  test('their record is pruned once nothing is replaced any more', async () => {
    originals()
    squashed()
    await run()
    removeOriginals()
    const options = { apps: apps(), app: 'shop' }
    await expect(pruneRecord(options)).rejects.toThrow(
      /shop\.0001_squashed_0003 still replaces shop\.0001_item, .*Remove `replaces` from it first/,
    )
    expect(await record()).toEqual(everything)
    // Another name stands for the file as it is edited, since modules are loaded once.
    removeMigration(place.dir, 'shop.0001_squashed_0003')
    writeMigration(place.dir, 'shop.0001_all', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
    await database().script("UPDATE django_migrations SET name = '0001_all' WHERE name = '0001_squashed_0003'")
    expect((await recordDrift({ apps: apps() })).map(({ name }) => name)).toEqual([
      '0001_item',
      '0002_size',
      '0003_name',
    ])
    expect((await pruneRecord(options)).map(({ name }) => name)).toEqual(['0001_item', '0002_size', '0003_name'])
    expect(await record()).toEqual(['0001_all'])
    expect(await pruneRecord(options)).toEqual([])
  })
})
