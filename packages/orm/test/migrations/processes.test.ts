import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { char } from '../../src/fields/index.ts'
import { migrate } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { actualTables, imports, makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()

class Item extends Model({ name: char({ maxLength: 20 }) }) {}
const apps = () => project(place.dir, { shop: { Item } })
const dir = () => join(place.dir, 'shop/migrations')

function write(name: string, needs: string, operations: string): void {
  mkdirSync(dir(), { recursive: true })
  writeFileSync(
    join(dir(), `${name}.ts`),
    `import * as orm from '${imports.orm}'
     import * as m from '${imports.migrations}'
     export default m.defineMigration({ dependencies: [['shop', '${needs}']], operations: [${operations}] })`,
  )
}

function deploy(): ChildProcess {
  const script = join(import.meta.dirname, 'other-deployment.ts')
  return spawn(process.execPath, [script, place.url, dir()], { stdio: ['ignore', 'pipe', 'inherit'] })
}

test('a process killed in the middle of a migration leaves the database as it was before it', async () => {
  await makeAndMigrate(apps())
  await database().script("INSERT INTO shop_item (name) VALUES ('kept')")
  const before = await actualTables()
  write(
    '0002_never',
    '0001_initial',
    `m.addField('Item', 'size', orm.integer(), { oneOff: 1 }),
     m.runSQL("UPDATE shop_item SET name = 'lost'", m.noop),
     m.runCode(async () => { process.stdout.write('half\\n'); await new Promise((done) => setTimeout(done, 60_000)) }, m.noop)`,
  )
  const other = deploy()
  await once(other.stdout!, 'data')
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect(await actualTables()).toEqual(before)
  expect(await rows('SELECT name FROM shop_item')).toEqual([['kept']])
  expect(await rows('SELECT name FROM django_migrations')).toEqual([['0001_initial']])
  await database().script("INSERT INTO shop_item (name) VALUES ('next')")
})

test('two deployments at once run each migration once between them', async () => {
  await makeAndMigrate(apps())
  for (let n = 2; n <= 6; n++) {
    write(
      `000${n}_more`,
      n === 2 ? '0001_initial' : `000${n - 1}_more`,
      `m.addField('Item', 'f${n}', orm.integer({ default: ${n} }))`,
    )
  }
  const others = [deploy(), deploy()]
  const outputs = Promise.all(others.map((other) => text(other.stdout!)))
  const own = await migrate({ apps: apps() })
  const ran = (await outputs).map((output) => Number(/^ran (\d)\n$/.exec(output)?.[1]))
  expect(own.length + ran[0]! + ran[1]!).toBe(5)
  expect(await rows('SELECT count(*) FROM django_migrations')).toEqual([[6]])
  expect((await actualTables())[0]!.columns).toHaveLength(7)
})
