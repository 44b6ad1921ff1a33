import { describe, expect, onTestFinished, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { char, integer } from '../../src/fields/index.ts'
import {
  type MigrateOptions,
  type MigrationProgress,
  migrate,
  postMigrate,
  preMigrate,
  pruneRecord,
  recordDrift,
  showPlan,
  sqlMigrate,
  unreflectedChanges,
} from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { bareApps, removeMigration, writeMigration } from './migration-file.ts'
import { make, makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()
const apps = () => bareApps(place.dir, 'shop', 'base')
const run = async (options: Partial<MigrateOptions> = {}) =>
  (await migrate({ apps: apps(), ...options })).map(
    ({ app, name, direction }) => `${direction === 'forwards' ? '+' : '-'}${app}.${name}`,
  )
const record = async () =>
  (await rows('SELECT app, name FROM django_migrations ORDER BY id')).map((row) => row.join('.'))
const tables = async () => (await database().tableNames()).filter((name) => name !== 'django_migrations').sort()

const needs = (key: string) => `[['${key.split('.')[0]}', '${key.split('.')[1]}']]`

describe('as Django’s executor does', () => {
  test('apps that have nothing to do with each other are told apart', async () => {
    writeMigration(place.dir, 'shop.0001_a', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
    writeMigration(place.dir, 'base.0001_a', { operations: "m.createModel('Thing', { id: orm.bigAuto() })" })
    expect(await run()).toEqual(['+shop.0001_a', '+base.0001_a'])
    expect(await run({ app: 'shop', name: 'zero' })).toEqual(['-shop.0001_a'])
    expect(await tables()).toEqual(['base_thing'])
    expect(await run({ app: 'shop', name: 'zero' })).toEqual([])
  })

  test('the states of a plan have what other apps have run, whatever comes first in the files', async () => {
    // base comes after shop, and points to it; what runs later must know of both.
    writeMigration(place.dir, 'shop.0001_a', {
      operations: "m.createModel('Item', { id: orm.bigAuto(), name: orm.char({ maxLength: 9 }) })",
    })
    writeMigration(place.dir, 'base.0001_a', {
      dependencies: needs('shop.0001_a'),
      operations:
        "m.createModel('Thing', { id: orm.bigAuto(), item: orm.foreignKey('shop.Item', { onDelete: orm.CASCADE }) })",
    })
    await run()
    await database().script(
      "INSERT INTO shop_item (id, name) VALUES (1, 'one'); INSERT INTO base_thing (id, item_id) VALUES (1, 1)",
    )
    writeMigration(place.dir, 'shop.0002_b', {
      dependencies: needs('shop.0001_a'),
      operations: "m.renameModel('Item', 'Article'), m.alterField('Article', 'id', orm.auto())",
    })
    await run()
    expect(await rows('SELECT a.name FROM base_thing t JOIN shop_article a ON a.id = t.item_id')).toEqual([['one']])
    await run({ app: 'shop', name: '0001' })
    expect(await rows('SELECT i.name FROM base_thing t JOIN shop_item i ON i.id = t.item_id')).toEqual([['one']])
  })

  test('a model that code makes rows of, in a migration beside the one that made its table', async () => {
    writeMigration(place.dir, 'shop.0001_a', {
      operations: `m.createModel('User', { id: orm.bigAuto(), name: orm.char({ maxLength: 9 }) }),
        m.runCode(async (history) => void (await history.model('User').objects.create({ name: 'root' })), m.noop)`,
    })
    await run()
    expect(await rows('SELECT name FROM shop_user')).toEqual([['root']])
    await run({ app: 'shop', name: 'zero' })
  })

  test('a fake run can be taken back by a fake run', async () => {
    writeMigration(place.dir, 'shop.0001_a', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
    await run({ fake: true })
    expect(await tables()).toEqual([])
    await run({ fake: true, app: 'shop', name: 'zero' })
    expect(await record()).toEqual([])
    await run()
    expect(await tables()).toEqual(['shop_item'])
  })

  test('everything that cannot run is found before anything runs', async () => {
    writeMigration(place.dir, 'shop.0001_a', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
    writeMigration(place.dir, 'shop.0002_b', {
      dependencies: needs('shop.0001_a'),
      operations: "m.removeField('Item', 'nme')",
    })
    await expect(run()).rejects.toThrow("shop.0002_b, 'Remove field nme from Item': shop.Item has no field 'nme'")
    expect(await database().tableNames()).toEqual([])
  })

  test('neither is anything taken back before one that cannot be', async () => {
    writeMigration(place.dir, 'shop.0001_a', { operations: "m.runSQL('SELECT 1')" })
    writeMigration(place.dir, 'shop.0002_b', {
      dependencies: needs('shop.0001_a'),
      operations: "m.createModel('Item', { id: orm.bigAuto() })",
    })
    await run()
    await expect(run({ app: 'shop', name: 'zero' })).rejects.toThrow(
      "shop.0001_a cannot be taken back: 'Run SQL' has no way back.",
    )
    expect(await tables()).toEqual(['shop_item'])
  })

  test('progress and signals tell the plan, and what became of it', async () => {
    writeMigration(place.dir, 'shop.0001_a', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
    writeMigration(place.dir, 'shop.0002_b', {
      dependencies: needs('shop.0001_a'),
      operations: "m.runSQL('SELECT nothing')",
    })
    const told: string[] = []
    onTestFinished(preMigrate.connect(({ database: alias, plan }) => void told.push(`before ${alias} ${plan.length}`)))
    onTestFinished(postMigrate.connect(({ plan, ran }) => void told.push(`after ${ran.length} of ${plan.length}`)))
    const onProgress = (progress: MigrationProgress) =>
      void told.push(progress.kind === 'wait' ? 'wait' : `${progress.kind} ${progress.migration.name}`)
    await run({ app: 'shop', name: '0001', onProgress })
    await expect(run({ onProgress })).rejects.toThrow('shop.0002_b failed at operation 1 of 1')
    expect(told).toEqual([
      'before default 1',
      'start 0001_a',
      'done 0001_a',
      'after 1 of 1',
      'before default 1',
      'start 0002_b',
      'failed 0002_b',
    ])
  })

  test('a receiver of preMigrate that throws stops it', async () => {
    writeMigration(place.dir, 'shop.0001_a')
    onTestFinished(
      preMigrate.connect(() => {
        throw new Error('not today')
      }),
    )
    await expect(run()).rejects.toThrow('not today')
    expect(await database().tableNames()).toEqual([])
  })

  test('the plan of an empty database is shown with what each needs', async () => {
    writeMigration(place.dir, 'shop.0001_a', { dependencies: needs('base.0001_a') })
    writeMigration(place.dir, 'base.0001_a')
    writeMigration(place.dir, 'base.0002_b', { dependencies: needs('base.0001_a') })
    await run({ app: 'shop' })
    const shown = async (only: string[] = []) =>
      (await showPlan({ apps: apps(), only })).map(
        ({ app, name, state, needs: after }) => `${app}.${name} ${state} ${after}`,
      )
    expect(await shown()).toEqual([
      'base.0001_a applied ',
      'shop.0001_a applied base.0001_a',
      'base.0002_b unapplied base.0001_a',
    ])
    expect(await shown(['shop'])).toEqual(['base.0001_a applied ', 'shop.0001_a applied base.0001_a'])
  })
})

describe('record and files that drift apart', () => {
  test('what ran and is gone is told, of the apps that there are', async () => {
    writeMigration(place.dir, 'shop.0001_a')
    writeMigration(place.dir, 'shop.0002_b', { dependencies: needs('shop.0001_a') })
    await run()
    expect(await recordDrift({ apps: apps() })).toEqual([])
    removeMigration(place.dir, 'shop.0002_b')
    await database().script(
      "INSERT INTO django_migrations (app, name, applied) VALUES ('elsewhere', '0001_x', '2026-01-01 00:00:00')",
    )
    expect(await recordDrift({ apps: apps() })).toMatchObject([{ app: 'shop', name: '0002_b' }])
    expect(await run()).toEqual([])
  })

  test('what Django’s own apps have run is theirs, and stays on record', async () => {
    writeMigration(place.dir, 'auth.0001_initial')
    const auth = bareApps(place.dir, 'auth')
    await migrate({ apps: auth })
    const insert = (name: string) =>
      database().script(
        `INSERT INTO django_migrations (app, name, applied) VALUES ('auth', '${name}', '2026-01-01 00:00:00')`,
      )
    await insert('0012_alter_user_first_name_max_length')
    await insert('0013_gone')
    expect((await recordDrift({ apps: auth })).map(({ name }) => name)).toEqual(['0013_gone'])
    expect((await pruneRecord({ apps: auth, app: 'auth' })).map(({ name }) => name)).toEqual(['0013_gone'])
    expect(await record()).toEqual(['auth.0001_initial', 'auth.0012_alter_user_first_name_max_length'])
  })

  test('models that no migration knows are told by app, without a question', async () => {
    class Item extends Model({ name: char({ maxLength: 20 }) }) {}
    class Other extends Model({ name: char({ maxLength: 20 }) }) {}
    await makeAndMigrate(project(place.dir, { shop: { Item }, base: { Other } }))
    expect(await unreflectedChanges(project(place.dir, { shop: { Item }, base: { Other } }))).toEqual([])
    // A column that may not be null, and a rename: makemigrations would ask.
    const changed = { Item: class Item extends Model({ title: char({ maxLength: 20 }), size: integer() }) {} }
    const next = project(place.dir, { shop: changed, base: { Other } })
    await expect(make(next, { check: true })).rejects.toThrow(/What should existing rows get|renamed/)
    expect(await unreflectedChanges(next)).toEqual(['shop'])
  })
})

describe('failures', () => {
  test('of a data migration', async () => {
    writeMigration(place.dir, 'shop.0001_a', {
      operations: `m.createModel('Item', { id: orm.bigAuto(), name: orm.char({ maxLength: 9, unique: true }) }),
        m.runCode(async (history) => {
          const Item = history.model('Item')
          for (const name of ['one', 'two', 'one']) await Item.objects.create({ name })
        }, m.noop)`,
    })
    await expect(run()).rejects.toThrow(
      /shop\.0001_a failed at operation 2 of 2, 'Run code': .*\nSQL: INSERT INTO "shop_item".*\nThe database and its record are as they were/s,
    )
    expect(await tables()).toEqual([])
  })

  test('an error that code swallows is no success where the database makes none of it', async () => {
    writeMigration(place.dir, 'shop.0001_a', {
      operations: `m.createModel('Item', { id: orm.bigAuto(), name: orm.char({ maxLength: 9, unique: true }) }),
        m.runCode(async (history) => {
          const Item = history.model('Item')
          await Item.objects.create({ name: 'one' })
          await Item.objects.create({ name: 'one' }).catch(() => {})
        }, m.noop),
        m.addField('Item', 'size', orm.integer({ null: true }))`,
    })
    if (vendor === 'sqlite') {
      // There a statement that fails takes nothing else with it.
      await run()
      expect(await rows('SELECT name FROM shop_item')).toEqual([['one']])
      return
    }
    await expect(run()).rejects.toThrow(
      /shop\.0001_a failed at operation 2 of 3, 'Run code': .*can only roll back: a statement in it failed.*as they were before shop\.0001_a/s,
    )
    expect(await tables()).toEqual([])
  })

  test('at the commit belong to no operation', async () => {
    writeMigration(place.dir, 'shop.0001_a', {
      operations: `m.createModel('Item', { id: orm.bigAuto(), next: orm.foreignKey('self', { onDelete: orm.CASCADE, null: true }) }),
        m.runSQL('INSERT INTO shop_item (next_id) VALUES (99)')`,
    })
    const error = await run().catch((reason) => reason)
    expect(error).toMatchObject({ code: 'migration-failed', operation: undefined, standing: [] })
    expect(error.message).toMatch(
      /^shop\.0001_a failed at its end: .*\nThe database and its record are as they were before shop\.0001_a\.$/s,
    )
    expect(await tables()).toEqual([])
  })

  if (vendor === 'postgresql') {
    test('a server that ends the connection in the middle leaves what was before', async () => {
      const terminate = 'SELECT pg_terminate_backend(pg_backend_pid())'
      writeMigration(place.dir, 'shop.0001_a', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
      writeMigration(place.dir, 'shop.0002_b', {
        dependencies: needs('shop.0001_a'),
        operations: `m.addField('Item', 'size', orm.integer({ null: true })), m.runSQL('${terminate}')`,
      })
      await expect(run()).rejects.toThrow(
        /shop\.0002_b failed at operation 2 of 2, 'Run SQL': .*broke while a statement ran.*as they were before shop\.0002_b/s,
      )
      expect(await record()).toEqual(['shop.0001_a'])
      expect((await database().introspect()).find(({ name }) => name === 'shop_item')?.columns).toHaveLength(1)
      // The lock is free: the one who had it has gone.
      removeMigration(place.dir, 'shop.0002_b')
      expect(await run()).toEqual([])
    })
  }

  if (vendor === 'postgresql') {
    test('a server that ends all connections loses the lock, too, which is said before the next step', async () => {
      const others =
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
      writeMigration(place.dir, 'shop.0001_a', {
        operations: `m.runSQL("${others} AND backend_type = 'client backend'")`,
      })
      writeMigration(place.dir, 'shop.0002_b', { dependencies: needs('shop.0001_a') })
      await expect(run()).rejects.toThrow(
        /The connection that kept other deployments of database 'default' waiting was lost.*What has run is recorded/,
      )
      expect(await record()).toEqual(['shop.0001_a'])
      expect(await run()).toEqual(['+shop.0002_b'])
    })
  }
})

describe('sqlMigrate', () => {
  test('has a comment for each operation, says where there is nothing, and finds what was squashed', async () => {
    writeMigration(place.dir, 'shop.0001_a', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
    writeMigration(place.dir, 'shop.0002_b', {
      dependencies: needs('shop.0001_a'),
      operations: "m.alterModelManaged('Item', false), m.runSQL('SELECT 1', 'SELECT 2')",
    })
    writeMigration(place.dir, 'shop.0001_s', {
      replaces: "[['shop', '0001_a'], ['shop', '0002_b']]",
      operations: "m.createModel('Item', { id: orm.bigAuto() })",
    })
    expect(await sqlMigrate({ apps: apps(), app: 'shop', name: '0002' })).toEqual([
      'BEGIN;',
      '-- Let migrations no longer manage Item',
      '-- (nothing to do in the database)',
      '-- Run SQL',
      'SELECT 1;',
      'COMMIT;',
    ])
    expect((await sqlMigrate({ apps: apps(), app: 'shop', name: '0002', backwards: true })).slice(0, 3)).toEqual([
      'BEGIN;',
      '-- Undo: Run SQL',
      'SELECT 2;',
    ])
    expect((await sqlMigrate({ apps: apps(), app: 'shop', name: '0001_s' }))[2]).toMatch(/^CREATE TABLE "shop_item"/)
    expect(await database().tableNames()).toEqual([])
  })
})
