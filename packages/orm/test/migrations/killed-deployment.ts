/**
 * A deployment that stops for good at a boundary, for its parent to kill it there: `node killed-deployment.ts <URL of the database>
 * <folder of migrations>`. It waits for a line that says the migration to go to and the number of the boundary. Boundaries are the moments
 * before each statement that changes something or begins or ends a transaction, and the end of the run.
 */
import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { type QueryEvent, queryTracing } from '../../src/backends/query-channel.ts'
import { closeDatabases, configureDatabases } from '../../src/backends/registry.ts'
import { migrate, postMigrate } from '../../src/migrations/index.ts'

const [url, migrationsDir] = process.argv.slice(2)
// The next one is loaded while the one before runs.
const [line] = await once(process.stdin, 'data')
const [name, stopAt] = String(line).trim().split(' ')
let boundary = 0

function pass(what: string): void {
  boundary++
  if (boundary !== Number(stopAt)) return
  writeSync(1, `stopped before ${what}\n`)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

queryTracing.subscribe({
  start(event) {
    const { sql } = event as QueryEvent
    if (!/^(SELECT|PRAGMA|SET|SAVEPOINT|RELEASE)\b/i.test(sql)) pass(sql)
  },
  end() {},
  asyncStart() {},
  asyncEnd() {},
  error() {},
})
postMigrate.connect(() => pass('the end'))
configureDatabases({ default: url! })
const apps = [{ label: 'shop', models: {}, migrationsDir: migrationsDir! }]
await migrate({ apps, app: 'shop', name })
await closeDatabases()
process.stdin.destroy()
writeSync(1, 'ended\n')
