import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { RawRow } from '../../../src/backends/database.ts'
import { closeDatabases, configureDatabases, database } from '../../../src/backends/registry.ts'
import { atomic } from '../../../src/transactions/atomic.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'

const place = useTemporaryDatabase(`
  CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, size INTEGER CHECK (size > 0));
  CREATE TABLE part (item_id INTEGER NOT NULL REFERENCES item (id), CONSTRAINT positive CHECK (item_id > 0));
`)
const insert = { sql: 'INSERT INTO item (name) VALUES (?)' }
const count = { sql: 'SELECT count(*) FROM item' }
const howMany = async () => (await database().all(count, []))[0]![0]
const failure = async (work: () => unknown): Promise<unknown> => {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

function startOther(rows: number, hold: number) {
  const script = join(import.meta.dirname, 'other-process.ts')
  const child = spawn(process.execPath, [script, place.url, String(rows), String(hold)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { pid: child.pid, writing: once(child.stdout, 'data'), exit: once(child, 'exit') }
}

describe('two processes', () => {
  test('write to one file, both in full, and the event loop runs on', async () => {
    const other = startOther(20, 5)
    await other.writing
    let turns = 0
    let busy = true
    const ticking = (async () => {
      while (busy) {
        await nextTurn()
        turns++
      }
    })()
    for (let n = 0; n < 20; n++) await database().run(insert, [`own-${n}`])
    const [code] = await other.exit
    busy = false
    await ticking
    expect(code).toBe(0)
    expect(await howMany()).toBe(40)
    // A wait inside SQLite would have let none through while the other held the file.
    expect(turns).toBeGreaterThan(100)
  })

  test('a file that stays locked is an error that says so; readers never wait', async () => {
    await closeDatabases()
    configureDatabases({ default: `${place.url}?timeout=0.05` })
    const other = startOther(1, 600)
    await other.writing
    expect(await howMany()).toBe(0)
    for (const write of [() => database().run(insert, ['x']), () => atomic(async () => {})]) {
      const error = await failure(write)
      expect(error).toMatchObject({ code: 'operational-error', retryable: true, alias: 'default' })
      const holder = process.platform === 'linux' ? `process ${other.pid} \\(` : 'another process'
      expect(String(error)).toMatch(new RegExp(`db1\\.sqlite3' .* is locked by ${holder}.*0\\.05 s.*timeout=<seconds>`))
    }
    await other.exit
    await database().run(insert, ['after'])
    expect(await howMany()).toBe(2)
  })
})

describe('errors are Django’s', () => {
  test.each([
    [
      'INSERT INTO item (name) VALUES (NULL)',
      { code: 'integrity-error', kind: 'notNull', columns: ['name'], table: 'item' },
    ],
    ["INSERT INTO item (name) VALUES ('a'), ('a')", { code: 'integrity-error', kind: 'unique', columns: ['name'] }],
    [
      "INSERT INTO item (name, size) VALUES ('a', 0)",
      { code: 'integrity-error', kind: 'check', constraint: 'size > 0' },
    ],
    ['INSERT INTO part VALUES (-1)', { code: 'integrity-error', kind: 'check', constraint: 'positive', columns: [] }],
    [
      'INSERT INTO part VALUES (9)',
      { code: 'integrity-error', kind: 'foreignKey', columns: [], constraint: undefined },
    ],
    ["INSERT INTO item (id, name) VALUES ('x', 'a')", { code: 'data-error' }],
    ['SELECT abs(-9223372036854775807 - 1)', { code: 'data-error' }],
    ['SELEC', { code: 'programming-error' }],
    ['SELECT nothing FROM item', { code: 'programming-error' }],
    ['SELECT ?', { code: 'programming-error' }],
  ])('%s', async (sql, expected) => {
    expect(await failure(() => database().all({ sql }, []))).toMatchObject({ sql, alias: 'default', ...expected })
    expect(await failure(() => atomic(async () => database().all({ sql }, [])))).toMatchObject({ sql, ...expected })
  })

  test('and keep the parameters to themselves', async () => {
    await database().run(insert, ['secret'])
    const error = (await failure(() => database().run(insert, ['secret']))) as Error
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('secret')
  })

  test('a file that cannot be opened says which and why', async () => {
    writeFileSync(join(place.dir, 'not-a-database'), 'text, and a good deal of it '.repeat(100))
    mkdirSync(join(place.dir, 'folder'))
    for (const [file, reason] of [
      ['missing/db.sqlite3', /missing\/db\.sqlite3' of database 'default' cannot be opened: .*folder exists/],
      ['folder', /folder' of database 'default' cannot be opened/],
      ['not-a-database', /file is not a database/],
    ] as const) {
      await closeDatabases()
      configureDatabases({ default: `sqlite:${join(place.dir, file)}` })
      for (const use of [() => howMany(), () => database().run(insert, ['x']), () => atomic(async () => {})]) {
        expect(await failure(use)).toMatchObject({ code: 'operational-error', message: expect.stringMatching(reason) })
      }
    }
  })

  test('a closed database says so, and waits for its transactions before it closes', async () => {
    const kept = database()
    const transaction = atomic(async () => {
      await kept.run(insert, ['a'])
      await nextTurn()
      await kept.run(insert, ['b'])
    })
    await closeDatabases()
    await transaction
    for (const use of [() => kept.all(count, []), () => kept.run(insert, ['x']), () => kept.atomic(async () => {})]) {
      expect(await failure(use)).toMatchObject({
        code: 'operational-error',
        message: expect.stringMatching(/is closed/),
      })
    }
    expect(await failure(() => database())).toMatchObject({ code: 'improperly-configured' })
    configureDatabases({ default: place.url })
    expect(await howMany()).toBe(2)
  })
})

describe('values', () => {
  test('come as arrays in the order of the select list; bigints and bytes without loss', async () => {
    const big = 9_007_199_254_740_993n
    const [row] = await database().all({ sql: 'SELECT ?, ?, ?, ?', bigints: true }, [
      big,
      new Uint8Array([1, 255]),
      'ü',
      null,
    ])
    expect(row![0]).toBe(big)
    expect(new Uint8Array(row![1] as Uint8Array)).toEqual(new Uint8Array([1, 255]))
    expect(row!.slice(2)).toEqual(['ü', null])
  })

  test('a statement that writes is sent to the writer, whatever the method', async () => {
    const [row] = await database().all({ sql: 'INSERT INTO item (name) VALUES (?) RETURNING id, name' }, ['a'])
    expect(row).toEqual([1, 'a'])
    expect(await database().run(insert, ['b'])).toEqual({ changes: 1, lastInsertId: 2 })
  })

  test('reads outside a transaction need no promise', () => {
    expect(database().all(count, [])).toEqual([[0]])
  })
})

describe('iterate', () => {
  const everything = { sql: 'SELECT id FROM item ORDER BY id' }
  const fill = (rows: number) =>
    database().script(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
      INSERT INTO item (name) SELECT 'name ' || i FROM n`)

  test('streams one view of the data while others read and write', async () => {
    await fill(10)
    const chunks: RawRow[][] = []
    for await (const chunk of database().iterate(everything, [], 4)) {
      chunks.push(chunk)
      await database().run(insert, [`more ${chunks.length}`])
      await howMany()
      for await (const inner of database().iterate(everything, [], 100)) expect(inner.length).toBe(10 + chunks.length)
    }
    expect(chunks.map((chunk) => chunk.length)).toEqual([4, 4, 2])
    expect(await howMany()).toBe(13)
  })

  test('inside a transaction sees its writes, beside other statements', async () => {
    await atomic(async () => {
      await fill(5)
      const seen: unknown[] = []
      for await (const chunk of database().iterate(everything, [], 2)) {
        seen.push(...chunk.flat())
        await database().run({ sql: 'UPDATE item SET size = 1 WHERE id = ?' }, [1])
      }
      expect(seen).toEqual([1, 2, 3, 4, 5])
    })
  })

  test('stopped early it frees its connection; a cursor does not outlive its transaction', async () => {
    await fill(10)
    for (let n = 0; n < 20; n++) {
      for await (const chunk of database().iterate(everything, [], 2)) {
        expect(chunk).toEqual([[1], [2]])
        break
      }
    }
    let cursor: AsyncIterator<RawRow[]> | undefined
    await atomic(async () => {
      cursor = database().iterate(everything, [], 2)[Symbol.asyncIterator]()
      await cursor.next()
    })
    // An open cursor would lock the table.
    await database().script('DROP TABLE part; DROP TABLE item')
    expect(await failure(() => cursor!.next())).toMatchObject({ code: 'transaction-management-error' })
  })

  test('a stream that is open when the database closes fails when it is read on', async () => {
    await fill(10)
    const cursor = database().iterate(everything, [], 2)[Symbol.asyncIterator]()
    await cursor.next()
    await closeDatabases()
    expect(await failure(() => cursor.next())).toMatchObject({ code: 'operational-error' })
    configureDatabases({ default: place.url })
    expect(await howMany()).toBe(10)
  })

  test('reports an error of the statement', async () => {
    const broken = async () => {
      for await (const _ of database().iterate({ sql: 'SELECT nothing' }, [], 2)) expect.unreachable()
    }
    expect(await failure(broken)).toMatchObject({ code: 'programming-error', sql: 'SELECT nothing' })
  })
})

test('a write under another alias of the same file, from inside a block, is an error and no deadlock', async () => {
  await closeDatabases()
  configureDatabases({ default: place.url, copy: place.url })
  const stuck = atomic(async () => database('copy').run(insert, ['x']))
  await expect(stuck).rejects.toThrow(/'copy' would wait for the atomic\(\) block on 'default'/)
  await expect(atomic(() => atomic(async () => {}, { using: 'copy' }))).rejects.toThrow(/would wait/)
  await Promise.all([database('copy').run(insert, ['y']), database().run(insert, ['z'])])
  expect(await howMany()).toBe(2)
})
