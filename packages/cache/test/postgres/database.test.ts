import { beforeAll, beforeEach, describe, inject, test } from 'vitest'
import { query } from '../../../orm/test/postgres-server.ts'
import { openCache } from '../../src/index.ts'
import { runDatabaseCases } from '../database-cases.ts'
import { EightProcesses } from '../eight-processes.ts'

// Who provides it is the set-up of the ORM's tests, which drops what begins with the prefix.
const server = inject('postgres')

describe('a table of PostgreSQL', () => {
  const name = 'absent' in server ? '' : `${server.prefix}cache_${process.pid}`

  beforeAll(async () => {
    if ('url' in server) await query(server.url, `CREATE DATABASE "${name}"`)
  })
  beforeEach((context) => {
    if ('absent' in server) context.skip(server.absent)
  })

  const urlOf = () => ('url' in server ? Object.assign(new URL(server.url), { pathname: name }).href : undefined)
  runDatabaseCases(urlOf)

  test('eight processes at once', { timeout: 300_000 }, async () => {
    const processes = new EightProcesses()
    try {
      await processes.expectSound(openCache('database:nuages_cache'), 'database:nuages_cache', {
        databaseUrl: urlOf()!,
      })
    } finally {
      processes.stop()
    }
  })
})
