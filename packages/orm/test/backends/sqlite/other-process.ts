/** A second process that writes to the same file: `node other-process.ts <URL> <rows> <milliseconds to hold the lock>`. */
import { setTimeout as delay } from 'node:timers/promises'
import { closeDatabases, configureDatabases, database } from '../../../src/backends/registry.ts'
import { atomic } from '../../../src/transactions/atomic.ts'

const [url, rows, hold] = process.argv.slice(2)
configureDatabases({ default: `${url}?timeout=20` })
const insert = { sql: 'INSERT INTO item (name) VALUES (?)' }
for (let n = 0; n < Number(rows); n++) {
  await atomic(async () => {
    await database().run(insert, [`other-${n}`])
    if (n === 0) process.stdout.write('writing\n')
    await delay(Number(hold))
  })
}
await closeDatabases()
