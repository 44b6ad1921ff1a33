import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { captureQueries, type QueryEvent, queryChannel, queryTracing } from '../../src/backends/query-channel.ts'
import { database } from '../../src/backends/registry.ts'
import { atomic } from '../../src/transactions/atomic.ts'
import { bound, useTemporaryDatabase, vendor } from '../temporary-database.ts'

useTemporaryDatabase('CREATE TABLE item (name TEXT NOT NULL PRIMARY KEY)')

const insert = bound('INSERT INTO item (name) VALUES (?)')
const add = async (name: string) => database().run(insert, [name])
const names = async () => database().all({ sql: 'SELECT name FROM item' }, [])

/** What tracers are told, in order. */
function traced(): [step: string, sql: string][] {
  const seen: [string, string][] = []
  const step = (name: string) => (event: QueryEvent) => void seen.push([name, event.sql])
  const listener = {
    start: step('start'),
    end: step('end'),
    asyncStart: step('asyncStart'),
    asyncEnd: step('asyncEnd'),
    error: step('error'),
  }
  queryTracing.subscribe(listener as never)
  onTestFinished(() => queryTracing.unsubscribe(listener as never))
  return seen
}

test('nobody listens by default', async () => {
  expect(queryChannel.hasSubscribers).toBe(false)
  expect(queryTracing.hasSubscribers).toBe(false)
  expect(await names()).toEqual([])
})

test('a tracer is told when a statement begins and ends', async () => {
  const seen = traced()
  await atomic(async () => add('a'))
  const steps = vendor === 'sqlite' ? ['start', 'end'] : ['start', 'end', 'asyncStart', 'asyncEnd']
  expect(seen).toEqual(
    [expect.stringMatching(/^BEGIN/), insert.sql, 'COMMIT'].flatMap((sql) => steps.map((step) => [step, sql])),
  )
})

test('and what failed, with the error and without the parameters', async () => {
  const seen = traced()
  const { queries } = await captureQueries(async () => {
    await add('secret')
    await add('secret').catch(() => {})
    await (async () => database().all({ sql: 'SELECT nothing FROM nowhere' }, []))().catch(() => {})
  })
  expect(seen.filter(([step]) => step === 'error').map(([, sql]) => sql)).toEqual([
    insert.sql,
    'SELECT nothing FROM nowhere',
  ])
  expect(queries.map(({ error }) => error !== undefined)).toEqual([false, true, true])
  expect(queries[0]!.duration).toBeGreaterThan(0)
  expect(inspect(queries[0], { depth: 9, showHidden: true })).not.toContain('secret')
  expect(JSON.stringify(queries[0])).not.toContain('secret')
  expect(queries[0]!.revealParams()).toEqual(['secret'])
})

test('rows are no part of what is told', async () => {
  await add('secret')
  const results: unknown[] = []
  const end = (event: object) => void results.push({ ...event })
  queryTracing.subscribe({ end, asyncEnd: end } as never)
  onTestFinished(() => queryTracing.unsubscribe({ end, asyncEnd: end } as never))
  expect(await names()).toEqual([['secret']])
  expect(inspect(results, { depth: 9 })).not.toContain('secret')
})

test('each flow captures its own', async () => {
  const [one, other] = await Promise.all([
    captureQueries(() => add('one')),
    captureQueries(() => atomic(async () => add('other'))),
  ])
  expect(one.queries.map((query) => query.revealParams())).toEqual([['one']])
  expect(other.queries.map((query) => query.revealParams())).toEqual([['other']])
  const outer = await captureQueries(async () => (await captureQueries(names)).queries.length)
  expect([outer.result, outer.queries.length]).toEqual([1, 1])
})
