import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { ConnectionPool } from '../../../src/backends/postgres/pool.ts'

test('a connection is opened outside the flow that asks for it, whose request it would keep for as long as it lives', async () => {
  const flow = new AsyncLocalStorage<string>()
  const seen: unknown[] = []
  const pool = new ConnectionPool({
    alias: 'default',
    size: 1,
    timeout: 0,
    idleTimeout: 0,
    async open() {
      seen.push(flow.getStore())
      throw new Error('no server')
    },
  })
  await flow.run('a request', () => expect(pool.take()).rejects.toThrow('no server'))
  expect(seen).toEqual([undefined])
  await pool.close(0)
})
