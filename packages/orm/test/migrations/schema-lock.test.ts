import { AsyncLocalStorage } from 'node:async_hooks'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { closeDatabases, configureDatabases, database } from '../../src/backends/registry.ts'
import { type MigrationProgress, migrate, preMigrate } from '../../src/migrations/index.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { bareApps, migrationsDir, writeMigration } from './migration-file.ts'
import { rows } from './project.ts'

const place = useTemporaryDatabase()
const apps = () => bareApps(place.dir, 'shop')

/** Runs what another flow would do, outside the transaction of this one. */
const outside = AsyncLocalStorage.snapshot()

/** Another process that migrates. */
function deploy(env: NodeJS.ProcessEnv = {}): ChildProcess {
  const script = join(import.meta.dirname, 'other-deployment.ts')
  return spawn(process.execPath, [script, place.url, migrationsDir(place.dir, 'shop')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
}

/** A migration whose code stands still, once it has said so, until its process is killed: that of the other deployment. */
function standstill(atomic: boolean): void {
  writeMigration(place.dir, 'shop.0001_item', {
    atomic,
    operations: `m.createModel('Item', { id: orm.bigAuto() }),
      m.runCode(async () => {
        if (process.env.STANDSTILL) { process.stdout.write('half\\n'); await new Promise((done) => setTimeout(done, 600_000)) }
      }, m.noop)`,
  })
}

test.each([
  ['a transaction', true],
  ['several', false],
])(
  'while another deployment is in a migration of %s, one waits, says for whom, and goes on when that is killed',
  async (_, atomic) => {
    standstill(atomic)
    const other = deploy({ STANDSTILL: 'yes' })
    await once(other.stdout!, 'data')
    const told: MigrationProgress[] = []
    let ended = false
    const own = migrate({ apps: apps(), onProgress: (progress) => void told.push(progress) }).then(() => {
      ended = true
    })
    await expect.poll(() => told.length, { timeout: 30_000 }).toBe(1)
    expect(told).toEqual([
      { kind: 'wait', holder: expect.stringMatching(vendor === 'sqlite' ? /process/ : /process \d+ \('nuages'/) },
    ])
    if (vendor === 'sqlite' && process.platform === 'linux') {
      expect(told[0]).toMatchObject({ holder: expect.stringContaining(`process ${other.pid} `) })
    }
    expect(ended).toBe(false)
    other.kill('SIGKILL')
    await once(other, 'exit')
    // What the other had done of a migration that is not atomic is not done again.
    await own
    expect(await rows('SELECT name FROM django_migrations')).toEqual([['0001_item']])
  },
)

test('with a limit it gives up, says who was in the way, and has changed nothing', async () => {
  standstill(true)
  const other = deploy({ STANDSTILL: 'yes' })
  await once(other.stdout!, 'data')
  await expect(migrate({ apps: apps(), lockTimeout: 200 })).rejects.toThrow(
    /Another migrate of database 'default'.* has not ended within 0\.2 s: .*process.*Nothing was changed/,
  )
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect(await database().tableNames()).toEqual([])
})

test('two at once run each step once between them, where migrations are not atomic too', async () => {
  writeMigration(place.dir, 'shop.0001_item', {
    operations: "m.createModel('Item', { id: orm.bigAuto(), name: orm.char({ maxLength: 9 }) })",
  })
  for (let n = 2; n <= 5; n++) {
    writeMigration(place.dir, `shop.000${n}_more`, {
      atomic: n % 2 === 0,
      dependencies: `[['shop', '${n === 2 ? '0001_item' : `000${n - 1}_more`}']]`,
      operations: `m.runSQL("INSERT INTO shop_item (name) VALUES ('a${n}')"),
        m.addField('Item', 'f${n}', orm.integer({ null: true })),
        ${n % 2 === 0 ? '' : `m.addIndexConcurrently('Item', { name: 'f${n}_index', fields: ['f${n}'] })`}`,
    })
  }
  const others = [deploy(), deploy()]
  const outputs = Promise.all(others.map((other) => text(other.stdout!)))
  const own = await migrate({ apps: apps() })
  const ran = (await outputs).map((output) => Number(/^ran (\d)\n$/.exec(output)?.[1]))
  expect(own.length + ran[0]! + ran[1]!).toBe(5)
  expect(await rows('SELECT name FROM shop_item ORDER BY name')).toEqual([['a2'], ['a3'], ['a4'], ['a5']])
})

test('receivers of preMigrate are alone with the database, too', async () => {
  writeMigration(place.dir, 'shop.0001_item', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
  let inside = 0
  let most = 0
  const disconnect = preMigrate.connect(async () => {
    most = Math.max(most, ++inside)
    await rows('SELECT 1')
    inside--
  })
  await Promise.all([migrate({ apps: apps() }), migrate({ apps: apps() }), migrate({ apps: apps() })])
  disconnect()
  expect(most).toBe(1)
})

test('a run inside atomic() is refused', async () => {
  await expect(database().atomic(() => migrate({ apps: apps() }))).rejects.toThrow(
    "migrate() on 'default' is inside atomic(), and its migrations are transactions of their own. Call it outside.",
  )
})

if (vendor === 'sqlite') {
  test('nothing is left beside the database', async () => {
    writeMigration(place.dir, 'shop.0001_item')
    await migrate({ apps: apps() })
    expect(existsSync(`${join(place.dir, 'db1.sqlite3')}-migrate`)).toBe(false)
  })
} else {
  test('nothing is left on the server, and a pooler that hands out connections by transaction is no problem', async () => {
    writeMigration(place.dir, 'shop.0001_item')
    await migrate({ apps: apps() })
    await closeDatabases()
    configureDatabases({ default: `${place.url}?prepared=false&pool_size=1` })
    await migrate({ apps: apps(), app: 'shop', name: 'zero' })
    await migrate({ apps: apps() })
    const held =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    await expect.poll(() => rows(held)).toEqual([[0]])
  })

  test('a table that somebody has locked is waited for as long as is said, and then named', async () => {
    writeMigration(place.dir, 'shop.0001_item', { operations: "m.createModel('Item', { id: orm.bigAuto() })" })
    await migrate({ apps: apps() })
    writeMigration(place.dir, 'shop.0002_size', {
      dependencies: "[['shop', '0001_item']]",
      operations:
        "m.createModel('Other', { id: orm.bigAuto() }), m.addField('Item', 'size', orm.integer({ null: true }))",
    })
    await database().atomic(async () => {
      await rows('SELECT * FROM shop_item')
      const error = await outside(() => migrate({ apps: apps(), lockTimeout: 200 })).catch((reason) => reason)
      expect(error.message).toMatch(
        /shop\.0002_size failed at operation 2 of 2, 'Add field size to Item': .*lock timeout.*The table shop_item is locked by another session.*\nSQL: ALTER TABLE "shop_item".*\nThe database and its record are as they were before shop\.0002_size\.$/,
      )
    })
    expect(await database().tableNames()).not.toContain('shop_other')
    await migrate({ apps: apps() })
  })
}
