import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { char } from '../../src/fields/index.ts'
import { type MigrationProgress, migrate, showMigrations } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { actualTables, imports, make, makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()

class Item extends Model({ name: char({ maxLength: 20 }) }) {}
const shop = () => project(place.dir, { shop: { Item } })

/** Writes a migration by hand. */
function write(name: string, operations: string, dependencies = "[['shop', '0001_initial']]", app = 'shop'): void {
  const dir = join(place.dir, app, 'migrations')
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, `${name}.ts`),
    `import * as orm from '${imports.orm}'
     import * as m from '${imports.migrations}'
     export default m.defineMigration({ dependencies: ${dependencies}, operations: [${operations}] })`,
  )
}

const applied = async () =>
  (await showMigrations({ apps: shop() }))[0]!.migrations.map(({ name, applied }) => [name, !!applied])

describe('a migration that fails in the middle', () => {
  test('leaves tables, rows and record as they were, and says which operation, with its SQL', async () => {
    await makeAndMigrate(shop())
    await database().script("INSERT INTO shop_item (name) VALUES ('kept')")
    const before = await actualTables()
    write(
      '0002_broken',
      `m.addField('Item', 'size', orm.integer(), { oneOff: 3 }),
       m.createModel('Other', { id: orm.bigAuto() }),
       m.runSQL("UPDATE shop_item SET name = 'lost'; INSERT INTO nowhere VALUES (1)", m.noop)`,
    )
    const error = await migrate({ apps: shop() }).catch((reason) => reason)
    expect(error).toMatchObject({
      code: 'migration-failed',
      migration: 'shop.0002_broken',
      operation: 'Run SQL',
      sql: expect.stringContaining('INSERT INTO nowhere'),
    })
    expect(error.message).toMatch(/failed at operation 3 of 3, 'Run SQL': .*nowhere.*\nSQL: .*\n.*as they were before/)
    expect(await actualTables()).toEqual(before)
    expect(await rows('SELECT name FROM shop_item')).toEqual([['kept']])
    expect(await applied()).toEqual([
      ['0001_initial', true],
      ['0002_broken', false],
    ])
    await database().script("INSERT INTO shop_item (name) VALUES ('next')")
  })

  test('says where the code of a migration was', async () => {
    await makeAndMigrate(shop())
    write(
      '0002_code',
      `m.runCode(async (history) => {
         const Item = history.model('Item', { name: orm.char({ maxLength: 20 }) })
         await Item.objects.create({ name: null })
       })`,
    )
    const error = await migrate({ apps: shop() }).catch((reason) => reason)
    const frames = error.message.split('\n').filter((line: string) => line.startsWith('  at '))
    expect(frames).toEqual([expect.stringMatching(/^ {2}at [^ ]*shop\/migrations\/0002_code\.ts:\d+:\d+$/)])
  })

  test('a row that would point nowhere is refused at the end', async () => {
    await makeAndMigrate(shop())
    write(
      '0002_orphan',
      `m.createModel('Part', { id: orm.bigAuto(), item: orm.foreignKey('shop.Item', { onDelete: orm.CASCADE }) }),
       m.runSQL('INSERT INTO shop_part (item_id) VALUES (99)')`,
    )
    await expect(migrate({ apps: shop() })).rejects.toThrow(
      /shop\.0002_orphan failed at its end: .*shop_part.*shop_item/,
    )
    expect((await actualTables()).map(({ name }) => name)).toEqual(['shop_item'])
  })

  test('a new column that may not be null and has nothing for the rows fails, and says so in SQL', async () => {
    await makeAndMigrate(shop())
    await database().script("INSERT INTO shop_item (name) VALUES ('kept')")
    write('0002_size', "m.addField('Item', 'size', orm.integer())")
    await expect(migrate({ apps: shop() })).rejects.toMatchObject({ cause: { kind: 'notNull' } })
    expect(await rows('SELECT name FROM shop_item')).toEqual([['kept']])
  })
})

describe('files that do not fit', () => {
  test.each([
    [
      'a dependency that is not there',
      "[['shop', '0001_initail']]",
      '',
      /shop\.0002_x needs shop\.0001_initail, which is not there\. Did you mean 'shop\.0001_initial'/,
    ],
    [
      'a model that is not there',
      undefined,
      "m.removeField('Itm', 'name')",
      /no model shop\.Itm at this point.*Did you mean 'Item'/,
    ],
    [
      'a field that is not there',
      undefined,
      "m.removeField('Item', 'nam')",
      /shop\.Item has no field 'nam' at this point.*Did you mean 'name'/,
    ],
  ])('%s', async (_, dependencies, operations, message) => {
    await makeAndMigrate(shop())
    write('0002_x', operations, dependencies)
    await expect(migrate({ apps: shop() })).rejects.toThrow(message)
    await expect(make(shop())).rejects.toThrow(message)
  })

  test('two ends', async () => {
    await makeAndMigrate(shop())
    write('0002_a', '')
    write('0002_b', '')
    const message = /migrations of 'shop' have 2 ends: 0002_a, 0002_b\..*dependency \['shop', '0002_a'\]/
    await expect(migrate({ apps: shop() })).rejects.toThrow(message)
    await expect(make(shop())).rejects.toThrow(message)
  })

  test('a circle', async () => {
    write('0001_a', '', "[['shop', '0002_b']]")
    write('0002_b', '', "[['shop', '0001_a']]")
    await expect(migrate({ apps: shop() })).rejects.toThrow('shop.0001_a → shop.0002_b → shop.0001_a')
  })

  test('no migration, and one with an error', async () => {
    const dir = join(place.dir, 'shop/migrations')
    mkdirSync(dir, { recursive: true })
    writeFileSync(join(dir, '0001_not.ts'), 'export default {}')
    await expect(migrate({ apps: shop() })).rejects.toThrow(
      /0001_not\.ts is no migration: its default export must be defineMigration/,
    )
    writeFileSync(join(dir, '0002_broken.ts'), "throw new Error('inside')")
    await expect(migrate({ apps: shop() })).rejects.toThrow(/0001_not|0002_broken\.ts cannot be loaded: inside/)
  })

  test('whatever letters its name has, a file is not passed over', async () => {
    write('0001_größe', "m.createModel('Size', { id: orm.bigAuto() })", '[]')
    write('0002_v1.2', "m.createModel('Other', { id: orm.bigAuto() })", "[['shop', '0001_größe']]")
    const dir = join(place.dir, 'shop/migrations')
    for (const ignored of ['_notes.ts', '0001_größe.d.ts', '.0001_größe.ts', 'README.md']) {
      writeFileSync(join(dir, ignored), 'no migration')
    }
    const ran = await migrate({ apps: shop() })
    expect(ran.map(({ name }) => name)).toEqual(['0001_größe', '0002_v1.2'])
  })

  test('one that ran before what it needs', async () => {
    write('0001_a', '', '[]')
    await migrate({ apps: shop() })
    const apps = project(place.dir, { shop: { Item }, base: {} })
    write('0001_base', '', '[]', 'base')
    write('0002_b', '', "[['shop', '0001_a'], ['base', '0001_base']]")
    await database().run(
      { sql: "INSERT INTO django_migrations (app, name, applied) VALUES ('shop', '0002_b', '2026-01-01 00:00:00')" },
      [],
    )
    await expect(migrate({ apps })).rejects.toThrow('The database has run shop.0002_b, but not base.0001_base')
  })

  test('one that ran and is gone is shown as missing', async () => {
    await makeAndMigrate(shop())
    await database().run({ sql: "UPDATE django_migrations SET name = '0001_old'" }, [])
    expect((await showMigrations({ apps: shop() }))[0]!.migrations).toMatchObject([
      { name: '0001_old', missing: true },
      { name: '0001_initial', applied: undefined, missing: false },
    ])
  })
})

describe('targets', () => {
  const three = async () => {
    await make(shop())
    write('0002_size', "m.addField('Item', 'size', orm.integer({ default: 1 }))")
    write('0003_sql', "m.runSQL('SELECT 1')", "[['shop', '0002_size']]")
  }

  test('forwards to one, with progress, then to the end', async () => {
    await three()
    const told: string[] = []
    const onProgress = (progress: MigrationProgress) =>
      void told.push(`${progress.kind} ${'migration' in progress ? progress.migration.name : ''}`)
    await migrate({ apps: shop(), app: 'shop', name: '0002', onProgress })
    expect(told).toEqual(['start 0001_initial', 'done 0001_initial', 'start 0002_size', 'done 0002_size'])
    expect(await migrate({ apps: shop(), plan: true })).toMatchObject([{ name: '0003_sql', operations: ['Run SQL'] }])
    expect(await applied()).toEqual([
      ['0001_initial', true],
      ['0002_size', true],
      ['0003_sql', false],
    ])
    await migrate({ apps: shop() })
    await expect(migrate({ apps: shop(), app: 'shop', name: '0001' })).rejects.toThrow(
      /shop\.0003_sql cannot be taken back: 'Run SQL' has no way back/,
    )
    await expect(migrate({ apps: shop(), app: 'shop', name: '000' })).rejects.toThrow(/'000' is the start of several/)
    await expect(migrate({ apps: shop(), app: 'shop', name: 'nope' })).rejects.toThrow(
      /has no migration 'nope'.*'zero'/,
    )
  })

  test('fake writes the record alone', async () => {
    await three()
    await migrate({ apps: shop(), fake: true })
    expect(await actualTables()).toEqual([])
    expect((await applied()).every(([, done]) => done)).toBe(true)
  })

  test('two at once run each migration once', async () => {
    await three()
    const [one, other] = await Promise.all([migrate({ apps: shop() }), migrate({ apps: shop() })])
    expect(one.length + other.length).toBe(3)
    expect(await rows('SELECT count(*) FROM django_migrations')).toEqual([[3]])
  })
})
