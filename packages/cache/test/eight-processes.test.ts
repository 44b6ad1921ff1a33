import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabases, configureDatabases, database } from '@nuages/orm'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { openCache } from '../src/index.ts'
import { cacheTable } from '../src/stores/database/cache-table.ts'
import { EightProcesses } from './eight-processes.ts'
import { redisDatabase } from './redis-server.ts'

const baseDir = mkdtempSync(join(tmpdir(), 'nuages-cache-'))
const server = await redisDatabase(9)

// They load the framework at once: that takes what it takes on a machine that is busy.
describe('eight processes at once', { timeout: 300_000 }, () => {
  let processes: EightProcesses
  beforeAll(() => {
    processes = new EightProcesses()
  })
  afterAll(() => {
    processes.stop()
    rmSync(baseDir, { recursive: true, force: true })
  })

  test('on files', async () => {
    await processes.expectSound(openCache('file:cache', { baseDir }), 'file:cache', { baseDir })
  })

  test('on a table of SQLite', async () => {
    const databaseUrl = `sqlite:${join(baseDir, 'cache.sqlite3')}`
    configureDatabases({ default: databaseUrl })
    await database().alterSchema((editor) => editor.createTable(cacheTable('nuages_cache', 'sqlite')))
    await processes.expectSound(openCache('database:nuages_cache'), 'database:nuages_cache', { databaseUrl })
    await closeDatabases()
  })

  test('on Redis', async (context) => {
    if ('absent' in server) return context.skip(server.absent)
    // Its own keys: the other tests of Redis run at the same time.
    const url = `${server.url}?prefix=eight`
    const cache = openCache(url)
    await processes.expectSound(cache, url)
    await cache.clear()
    await cache.close()
  })
})
