import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { captureQueries } from '../../src/backends/query-channel.ts'
import { database } from '../../src/backends/registry.ts'
import { atomic, onCommit } from '../../src/transactions/atomic.ts'
import { bound, useTemporaryDatabase } from '../temporary-database.ts'

useTemporaryDatabase('CREATE TABLE item (name TEXT NOT NULL PRIMARY KEY)')
const insert = bound('INSERT INTO item (name) VALUES (?)')
const select = { sql: 'SELECT name FROM item ORDER BY name' }

const add = (name: string) => database().run(insert, [name])
const names = async () => (await database().all(select, [])).map(([name]) => name)
class Undo extends Error {}
const undone = (work: () => Promise<unknown>) =>
  atomic(async () => {
    await work()
    throw new Undo()
  }).catch((error) => {
    if (!(error instanceof Undo)) throw error
  })

describe('one transaction', () => {
  test('commits what returns and rolls back what throws', async () => {
    await atomic(async () => add('kept'))
    await undone(async () => add('lost'))
    expect(await names()).toEqual(['kept'])
  })

  test('reads what it has written, which others do not see before the commit', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const transaction = atomic(async () => {
      await add('mine')
      expect(await names()).toEqual(['mine'])
      await held
    })
    await delay(1)
    expect(await names()).toEqual([])
    release()
    await transaction
    expect(await names()).toEqual(['mine'])
  })

  test('a write of another flow waits for the commit and survives the rollback', async () => {
    const rolledBack = undone(async () => {
      await add('lost')
      await delay(5)
    })
    await Promise.all([rolledBack, add('other')])
    expect(await names()).toEqual(['other'])
  })

  test('a statement that outlives its block says so', async () => {
    let late: Promise<unknown> = Promise.resolve()
    await atomic(async () => {
      late = delay(5).then(() => add('late'))
    })
    await expect(late).rejects.toThrow(/belongs to an atomic\(\) block that has ended/)
    expect(await names()).toEqual([])
  })

  test('a deferred foreign key that fails at the commit takes everything back', async () => {
    await database().script('CREATE TABLE child (item TEXT REFERENCES item (name) DEFERRABLE INITIALLY DEFERRED)')
    const broken = atomic(async () => {
      await add('a')
      await database().run(bound('INSERT INTO child (item) VALUES (?)'), ['nobody'])
    })
    await expect(broken).rejects.toMatchObject({ code: 'integrity-error', kind: 'foreignKey', sql: 'COMMIT' })
    expect(await names()).toEqual([])
    await add('next')
    expect(await names()).toEqual(['next'])
  })
})

describe('blocks inside a block', () => {
  test('roll back to their savepoint alone', async () => {
    await atomic(async () => {
      await add('outer')
      await undone(async () => {
        await add('inner')
        await atomic(async () => add('innermost'))
      })
      await add('after')
    })
    expect(await names()).toEqual(['after', 'outer'])
  })

  test('take turns when they are siblings, and so do statements of the block around them', async () => {
    await atomic(async () => {
      await Promise.all([
        undone(async () => {
          await add('a')
          await delay(3)
        }),
        atomic(async () => {
          await add('b')
          await delay(1)
        }),
        add('c'),
        undone(async () => add('d')),
        names().then((seen) => expect(seen).not.toContain('a')),
      ])
    })
    expect(await names()).toEqual(['b', 'c'])
  })

  test('keep a statement of the block around them out of their rollback, and what they wrote out of its sight', async () => {
    await atomic(async () => {
      const opened = Promise.withResolvers<void>()
      const release = Promise.withResolvers<void>()
      const inner = undone(async () => {
        await add('lost')
        opened.resolve()
        await release.promise
      })
      await opened.promise
      const writing = add('kept')
      const reading = names()
      release.resolve()
      await Promise.all([inner, writing])
      expect(await reading).not.toContain('lost')
    })
    expect(await names()).toEqual(['kept'])
  })

  test('that were not awaited end before the block around them does', async () => {
    await atomic(async () => {
      void atomic(async () => {
        await add('first')
        await delay(3)
        await add('second')
      })
    })
    expect(await names()).toEqual(['first', 'second'])
  })

  test('durable refuses to be inside another', async () => {
    await expect(atomic(() => atomic(async () => {}, { durable: true }))).rejects.toThrow(/durable: true.*Move it out/)
    await atomic(async () => add('alone'), { durable: true })
  })

  test('without a savepoint spoil the block around them when they fail', async () => {
    const spoilt = atomic(async () => {
      await add('outer')
      await atomic(async () => Promise.reject(new Undo()), { savepoint: false }).catch(() => {})
      await expect((async () => names())()).rejects.toThrow(/can only roll back/)
    })
    await expect(spoilt).rejects.toMatchObject({ code: 'transaction-management-error', cause: expect.any(Undo) })
    expect(await names()).toEqual([])
  })
})

describe('onCommit', () => {
  test('runs in order after the commit, outside the transaction, without those rolled back', async () => {
    const ran: string[] = []
    await atomic(async () => {
      onCommit(() => void ran.push('first'))
      await undone(async () => {
        onCommit(() => void ran.push('never'))
        await atomic(async () => onCommit(() => void ran.push('never either')))
      })
      await atomic(async () => onCommit(() => void ran.push('second')))
      onCommit(async () => {
        await delay(1)
        expect(database().inAtomicBlock).toBe(false)
        await atomic(async () => add('from a callback'), { durable: true })
        ran.push('third')
      })
      expect(ran).toEqual([])
    })
    expect(ran).toEqual(['first', 'second', 'third'])
    expect(await names()).toEqual(['from a callback'])
  })

  test('runs at once when no block is open, and never after a rollback', async () => {
    const ran: string[] = []
    await onCommit(() => void ran.push('now'))
    await undone(async () => onCommit(() => void ran.push('never')))
    expect(ran).toEqual(['now'])
  })
})

test('50 tasks that commit and roll back in each other lose no write and leak none', async () => {
  const expected: string[] = []
  const task = async (n: number) => {
    const inside = async () => {
      await add(`${n}-outer`)
      await delay(n % 3)
      await (n % 5 === 0 ? undone : atomic)(async () => {
        await add(`${n}-inner`)
        await delay(n % 2)
      })
    }
    if (n % 4 === 0) {
      await undone(inside)
    } else {
      expected.push(`${n}-outer`)
      if (n % 5 !== 0) expected.push(`${n}-inner`)
      await atomic(inside)
    }
    await add(`${n}-after`)
    expected.push(`${n}-after`)
  }
  await Promise.all(Array.from({ length: 50 }, (_, n) => task(n)))
  expect(await names()).toEqual(expected.sort())
})

test('20 tasks that each write one more than they read lose no step, by serializable blocks that run again', async () => {
  const step = { isolationLevel: 'serializable', retries: 100 } as const
  await add('0')
  const rename = bound('UPDATE item SET name = ? WHERE name = ?')
  await Promise.all(
    Array.from({ length: 20 }, () =>
      atomic(async () => {
        const [name] = await names()
        await delay(1)
        const { changes } = await database().run(rename, [String(Number(name) + 1), name as string])
        expect(changes).toBe(1)
      }, step),
    ),
  )
  expect(await names()).toEqual(['20'])
})

test('captureQueries collects what its own flow ran', async () => {
  await add('a')
  const [{ result, queries }] = await Promise.all([
    captureQueries(async () => {
      await atomic(async () => names())
      return names()
    }),
    names(),
  ])
  expect(result).toEqual(['a'])
  expect(queries.map(({ sql }) => sql)).toEqual([select.sql, select.sql])
  const { queries: all } = await captureQueries(() => atomic(async () => add('b')), { transactions: true })
  expect(all.map(({ sql }) => sql)).toEqual([expect.stringMatching(/^BEGIN/), insert.sql, 'COMMIT'])
  expect(JSON.stringify(all[1])).not.toContain('"b"')
  expect(all[1]!.revealParams()).toEqual(['b'])
})
