import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { resolve } from 'node:path'
import { inspect, promisify } from 'node:util'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { OperationalError } from '../../../src/backends/errors.ts'
import { closeDatabases, configureDatabases, database } from '../../../src/backends/registry.ts'
import { atomic } from '../../../src/transactions/atomic.ts'
import { bound, useTemporaryDatabase } from '../../temporary-database.ts'

const place = useTemporaryDatabase('CREATE TABLE item (name TEXT NOT NULL PRIMARY KEY)')

const insert = bound('INSERT INTO item (name) VALUES (?)')
const add = async (name: string, using?: string) => database(using).run(insert, [name])
const all = async (sql: string, ...params: (string | number)[]) => database().all(bound(sql), params)
const names = async () => (await all('SELECT name FROM item ORDER BY name')).map(([name]) => name)
const pid = async () => Number((await all('SELECT pg_backend_pid()'))[0]![0])
const sleep = () => all('SELECT pg_sleep(30)')

async function configure(options: string): Promise<void> {
  await closeDatabases()
  configureDatabases({ default: `${place.url}?${options}`, admin: `${place.url}?application_name=admin` })
}

async function failure(work: () => unknown): Promise<OperationalError> {
  try {
    await work()
  } catch (error) {
    return error as OperationalError
  }
  throw new Error('it did not fail')
}

/** Ends the server's processes of `default` as an administrator would. */
async function terminate(): Promise<void> {
  const ended = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'nuages'`
  await database('admin').all({ sql: ended }, [])
}

async function untilRunning(sql: string): Promise<void> {
  const running = bound(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE ?",
  )
  while ((await database('admin').all(running, [`${sql}%`])).length === 0);
}

describe('a connection that the server ends', () => {
  beforeEach(() => configure(''))

  test('fails the statement that runs on it, and the next one has another', async () => {
    const before = await pid()
    const failing = failure(sleep)
    await untilRunning('SELECT pg_sleep')
    await terminate()
    const error = await failing
    expect(error).toMatchObject({ name: 'OperationalError', alias: 'default', driverCode: '57P01', retryable: false })
    expect(error.message).toMatch(
      /connection to PostgreSQL at 127\.0\.0\.1:\d+ \(database 'default'\) broke while a statement ran/,
    )
    expect(await pid()).not.toBe(before)
  })

  test('while it is idle is replaced, and nothing fails', async () => {
    const before = await pid()
    await terminate()
    expect(await pid()).not.toBe(before)
  })

  test('fails the whole block, which is rolled back, also where its code catches the error', async () => {
    let ran = ''
    const block = atomic(async () => {
      await add('lost')
      const sleeping = failure(sleep)
      await untilRunning('SELECT pg_sleep')
      await terminate()
      expect((await sleeping).message).toMatch(/What its atomic\(\) block had written is lost/)
      ran = (await failure(() => add('after'))).message
    })
    const error = await failure(() => block)
    expect(error).toMatchObject({ name: 'OperationalError', retryable: true, cause: { name: 'OperationalError' } })
    expect(error.message).toMatch(/lost its connection.*Run the whole block again/)
    expect(ran).toBe(error.message)
    await add('next')
    expect(await names()).toEqual(['next'])
  })

  test('fails the blocks around the one that met it', async () => {
    const error = await failure(() =>
      atomic(async () => {
        await add('outer')
        await atomic(async () => {
          await add('inner')
          await terminate()
          await add('never')
        }).catch(() => {})
      }),
    )
    expect(error.message).toMatch(/lost its connection/)
    expect(await names()).toEqual([])
  })

  test('is no failure of a block with retries', async () => {
    let runs = 0
    await atomic(
      async () => {
        runs++
        await add('once')
        if (runs === 1) await terminate()
        await add('twice')
      },
      { retries: 1 },
    )
    expect(runs).toBe(2)
    expect(await names()).toEqual(['once', 'twice'])
  })

  test('fails the stream that reads from it', async () => {
    const seen: number[] = []
    const error = await failure(async () => {
      for await (const rows of database().iterate({ sql: 'SELECT generate_series(1, 100)' }, [], 10)) {
        seen.push(rows.length)
        await terminate()
      }
    })
    expect(error.name).toBe('OperationalError')
    expect(seen).toEqual([10])
    expect(await names()).toEqual([])
  })
})

describe('the pool', () => {
  const openConnections = async () =>
    Number(
      (
        await database('admin').all(
          {
            sql: "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'nuages'",
          },
          [],
        )
      )[0]![0],
    )

  test('opens no more connections than it may, and reuses them', async () => {
    await configure('pool_size=3')
    await Promise.all(Array.from({ length: 20 }, (_, n) => add(`${n}`)))
    expect(await names()).toHaveLength(20)
    expect(await openConnections()).toBe(3)
    const first = await pid()
    expect(await pid()).toBe(first)
  })

  test('has every connection back after blocks and streams that end in all ways, none of them in a transaction', async () => {
    await configure('pool_size=4')
    const ends: (() => Promise<unknown>)[] = [
      () => add('same'),
      () => atomic(() => add('same')),
      () => atomic(async () => void (await atomic(() => add('same')).catch(() => {}))),
      () => atomic(async () => void (await add('same').catch(() => {}))),
      () => atomic(() => all('SELEC')),
      () => atomic(() => Promise.reject(new Error('no'))),
      async () => {
        for await (const _ of database().iterate({ sql: 'SELECT generate_series(1, 99)' }, [], 10))
          throw new Error('no')
      },
      async () => {
        for await (const _ of database().iterate({ sql: 'SELEC' }, [], 10));
      },
      () => atomic(() => all('SELECT 1'), { isolationLevel: 'serializable', readOnly: true }),
    ]
    await Promise.allSettled(Array.from({ length: 100 }, (_, n) => ends[n % ends.length]!()))
    const open = `SELECT state, count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'nuages' GROUP BY state`
    expect(await database('admin').all({ sql: open }, [])).toEqual([['idle', 4]])
    expect(await Promise.all([pid(), pid(), pid(), pid()])).toHaveLength(4)
    expect(await names()).toEqual(['same'])
  })

  test('takes no connection back in which a transaction was opened by hand', async () => {
    await configure('pool_size=1')
    const first = await pid()
    const error = await failure(() => database().script("BEGIN; INSERT INTO item VALUES ('lost')"))
    expect(error).toMatchObject({
      name: 'TransactionManagementError',
      message: expect.stringContaining('Use atomic()'),
    })
    expect(await pid()).not.toBe(first)
    expect(await names()).toEqual([])
  })

  test('lets others wait for their turn', async () => {
    await configure('pool_size=1')
    await Promise.all([atomic(() => add('held')), add('waits'), atomic(() => add('waits too'))])
    expect(await names()).toEqual(['held', 'waits', 'waits too'])
  })

  test('says who holds the connections when the turn does not come', async () => {
    await configure('pool_size=1&pool_timeout=0.05')
    const hold = Promise.withResolvers<void>()
    const taken = Promise.withResolvers<void>()
    const holding = atomic(async () => {
      await add('held')
      taken.resolve()
      await hold.promise
    })
    await taken.promise
    const error = await failure(() => add('late'))
    expect(error.name).toBe('OperationalError')
    expect(error.message).toMatch(/'default' waited 0\.05 s for a connection: all 1 are in use.*pool_size/)
    hold.resolve()
    await holding
    expect(await names()).toEqual(['held'])
  })

  test('gives a new connection to who waits for one that broke', async () => {
    await configure('pool_size=1')
    const failing = failure(sleep)
    await untilRunning('SELECT pg_sleep')
    const waiting = add('waited')
    await terminate()
    await failing
    await waiting
    expect(await names()).toEqual(['waited'])
  })

  test.each([
    ['outside a block', (work: () => Promise<void>) => work()],
    ['inside one', (work: () => Promise<void>) => atomic(work)],
  ])('a stream that is left early gives its connection back, %s', async (_, within) => {
    await configure('pool_size=1&pool_timeout=0.05')
    await within(async () => {
      for await (const rows of database().iterate({ sql: 'SELECT generate_series(1, 100)' }, [], 10)) {
        expect(rows).toHaveLength(10)
        break
      }
      expect(await all("SELECT count(*) FROM pg_cursors WHERE name LIKE 'nuages%'")).toEqual([[0]])
    })
    await add('after')
    expect(await names()).toEqual(['after'])
  })

  test('closes a connection that was idle for too long', async () => {
    await configure('idle_timeout=0.01')
    const first = await pid()
    while ((await openConnections()) > 0);
    expect(await pid()).not.toBe(first)
  })

  test.each(['', 'await closeDatabases()'])('lets a process end that has nothing else to do: %j', async (end) => {
    const registry = resolve(import.meta.dirname, '../../../src/backends/registry.ts')
    const code = `import { closeDatabases, configureDatabases, database } from '${registry}'
      configureDatabases({ default: '${place.url}' })
      await database().all({ sql: 'SELECT 1' }, [])
      ${end}
      console.log('done')`
    const args = ['--input-type=module-typescript', '-e', code]
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 })
    expect(stdout).toBe('done\n')
  })

  test('that is closed waits for the transactions that are open', async () => {
    await configure('')
    const opened = Promise.withResolvers<void>()
    const hold = Promise.withResolvers<void>()
    const committing = atomic(async () => {
      await add('kept')
      opened.resolve()
      await hold.promise
      await add('kept too')
    })
    await opened.promise
    const old = database()
    const closing = closeDatabases()
    await expect(old.all({ sql: 'SELECT 1' }, [])).rejects.toThrow(/Database 'default' is closed/)
    hold.resolve()
    await Promise.all([closing, committing])
    configureDatabases({ default: place.url })
    expect(await names()).toEqual(['kept', 'kept too'])
  })
})

describe('a server that gives no connection', () => {
  const refused = async (url: string) => {
    await closeDatabases()
    configureDatabases({ default: url })
    const error = await failure(() => all('SELECT 1'))
    expect(error).toMatchObject({ name: 'OperationalError', alias: 'default' })
    expect(inspect(error, { depth: 9 })).not.toContain('hidden')
    expect(inspect(database(), { depth: 9, showHidden: false })).not.toContain('hidden')
    return error.message
  }
  const at = (change: Partial<URL>) => {
    const url = new URL(place.url)
    url.password ||= 'hidden'
    return Object.assign(url, change).href
  }

  async function listening(answer: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>()
    const server: Server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}))
      answer(socket)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => {
      server.close()
      for (const socket of sockets) socket.destroy()
    })
    return (server.address() as { port: number }).port
  }

  test('because it is down', async () => {
    const port = await listening(() => {})
    expect(await refused(at({ port: '1' }))).toMatch(
      /^PostgreSQL at 127\.0\.0\.1:1 \(database 'default'\) gave no connection: nobody listens there\. Start the server/,
    )
    expect(await refused(`${at({ port: String(port) })}?connect_timeout=0.05`)).toMatch(/did not answer within 0\.05 s/)
  })

  test('because it hangs up', async () => {
    const port = await listening((socket) => socket.end())
    expect(await refused(at({ port: String(port) }))).toMatch(/gave no connection: Connection terminated/)
  })

  test('because nobody knows its name', async () => {
    expect(await refused(at({ hostname: 'nowhere.invalid' }))).toMatch(
      /nowhere\.invalid:\d+ .* the name of the host is not known/,
    )
  })

  test('because it has no such database', async () => {
    expect(await refused(at({ pathname: '/nowhere' }))).toMatch(/has no database 'nowhere'\. Create it/)
  })

  test('because it has no such user', async () => {
    expect(await refused(at({ username: 'nobody' }))).toMatch(/"nobody"|password authentication failed for user/)
  })

  test('because it has no TLS', async () => {
    const port = await listening((socket) => socket.on('data', () => socket.write('N')))
    const url = `${at({ port: String(port) })}?sslmode=require`
    expect(await refused(url)).toMatch(/has no TLS, which '\?sslmode=require' asks for/)
  })

  test('is asked again by the next query', async () => {
    const { hostname, port } = new URL(place.url)
    let down = true
    const proxy = await listening((socket) => {
      if (down) socket.end()
      else socket.pipe(connect(Number(port), hostname)).pipe(socket)
    })
    await refused(at({ port: String(proxy) }))
    down = false
    expect(await all('SELECT 1')).toEqual([[1]])
    await closeDatabases()
  })
})
