import { describe, expect, onTestFinished, test } from 'vitest'
import { OperationalError } from '../../src/backends/errors.ts'
import { captureQueries } from '../../src/backends/query-channel.ts'
import { database } from '../../src/backends/registry.ts'
import { atomic, getRollback, onCommit, setRollback } from '../../src/transactions/atomic.ts'
import { bound, useTemporaryDatabase, vendor } from '../temporary-database.ts'

useTemporaryDatabase('CREATE TABLE item (name TEXT NOT NULL PRIMARY KEY)')

const add = async (name: string) => database().run(bound('INSERT INTO item (name) VALUES (?)'), [name])
const names = async () =>
  (await database().all({ sql: 'SELECT name FROM item ORDER BY name' }, [])).map(([name]) => name)

describe('readOnly', () => {
  test('refuses to write, and the next transaction may', async () => {
    await expect(atomic(() => add('a'), { readOnly: true })).rejects.toThrow(/read-?only/)
    await atomic(() => add('b'))
    await add('c')
    expect(await names()).toEqual(['b', 'c'])
  })

  test('with repeatable reads gives one answer, whatever is written meanwhile', async () => {
    await add('a')
    const opened = Promise.withResolvers<void>()
    const written = Promise.withResolvers<void>()
    const reading = atomic(
      async () => {
        const before = await names()
        opened.resolve()
        await written.promise
        return [before, await names()]
      },
      { readOnly: true, isolationLevel: 'repeatable read' },
    )
    await opened.promise
    await add('b')
    written.resolve()
    expect(await reading).toEqual([['a'], ['a']])
    expect(await names()).toEqual(['a', 'b'])
  })
})

describe('isolationLevel', () => {
  const level = async () =>
    vendor === 'sqlite'
      ? 'serializable'
      : (await database().all({ sql: "SELECT current_setting('transaction_isolation')" }, []))[0]?.[0]

  test('is the transaction’s, and no longer', async () => {
    expect(await atomic(level, { isolationLevel: 'serializable' })).toBe('serializable')
    expect(await atomic(level)).toBe(vendor === 'sqlite' ? 'serializable' : 'read committed')
  })

  test('inside a block of that level is what there is anyway', async () => {
    const inside = () => atomic(() => add('a'), { isolationLevel: 'serializable' })
    await atomic(inside, { isolationLevel: 'serializable' })
    expect(await names()).toEqual(['a'])
  })
})

test.each([
  [{ isolationLevel: 'serializable' }, /isolationLevel: 'serializable' \}\) on 'default' is inside another.*outermost/],
  [{ readOnly: true }, /readOnly: true \}\) on 'default' is inside another.*outermost/],
  [{ retries: 2 }, /retries: 2 \}\) on 'default' is inside another.*outermost/],
  [{ durable: true }, /durable: true \}\) on 'default' is inside another.*Move it out/],
] as const)('%o belongs to the outermost block', async (options, message) => {
  await atomic(async () => {
    await expect((async () => atomic(async () => {}, options))()).rejects.toThrow(message)
    await add('a')
  })
  expect(await names()).toEqual(['a'])
})

describe('retries', () => {
  const inTheWay = () => new OperationalError('another transaction', { retryable: true })

  test('run the block again from the start, without what it did before', async () => {
    let runs = 0
    const result = await atomic(
      async () => {
        runs++
        await add(`run ${runs}`)
        onCommit(() => add(`committed ${runs}`) as never)
        if (runs < 3) throw new Error('wrapped', { cause: inTheWay() })
        return runs
      },
      { retries: 2 },
    )
    expect(result).toBe(3)
    expect(await names()).toEqual(['committed 3', 'run 3'])
  })

  test('are as many as asked for, and none for other errors', async () => {
    let runs = 0
    const failing = (error: Error) => async () => {
      runs++
      throw error
    }
    await expect(atomic(failing(inTheWay()), { retries: 2 })).rejects.toThrow('another transaction')
    expect(runs).toBe(3)
    await expect(atomic(failing(new OperationalError('disk full')), { retries: 2 })).rejects.toThrow('disk full')
    expect(runs).toBe(4)
    await expect(atomic(failing(inTheWay()))).rejects.toThrow('another transaction')
    expect(runs).toBe(5)
  })
})

describe('setRollback', () => {
  test('rolls the block back and gives what it returns', async () => {
    const committed: string[] = []
    const count = await atomic(async () => {
      onCommit(() => void committed.push('never'))
      await add('trial')
      expect(getRollback()).toBe(false)
      setRollback(true)
      expect(getRollback()).toBe(true)
      return (await names()).length
    })
    expect(count).toBe(1)
    expect(await names()).toEqual([])
    expect(committed).toEqual([])
  })

  test('is about the innermost block, and can be taken back', async () => {
    await atomic(async () => {
      await add('outer')
      await atomic(async () => {
        await add('inner')
        setRollback(true)
      })
      await atomic(async () => {
        await add('kept')
        setRollback(true)
        setRollback(false)
      })
      expect(getRollback()).toBe(false)
    })
    expect(await names()).toEqual(['kept', 'outer'])
  })

  test('has no meaning outside a block', () => {
    expect(() => setRollback(true)).toThrow(/setRollback\(\) on 'default' was called outside atomic\(\)/)
    expect(() => getRollback()).toThrow(/getRollback\(\) on 'default' was called outside atomic\(\)/)
  })
})

test('a robust callback that fails is a warning, and those after it are called', async () => {
  const warnings: Error[] = []
  const listen = (warning: Error) => warnings.push(warning)
  process.on('warning', listen)
  onTestFinished(() => void process.off('warning', listen))
  const ran: string[] = []
  const failing = async () => {
    throw new Error('the mail server is down')
  }
  await atomic(async () => {
    onCommit(failing, { robust: true })
    onCommit(() => void ran.push('after'))
  })
  await onCommit(failing, { robust: true })
  expect(ran).toEqual(['after'])
  await new Promise((resolve) => setImmediate(resolve))
  const own = warnings.filter(({ name }) => name === 'OnCommitWarning')
  expect(own.map(({ message }) => message)).toEqual([
    expect.stringContaining('the mail server is down'),
    expect.stringContaining('the mail server is down'),
  ])
  await expect(atomic(async () => onCommit(failing))).rejects.toThrow('the mail server is down')
})

test('the outermost block is one BEGIN and one COMMIT, each block inside a savepoint', async () => {
  const { queries } = await captureQueries(
    () => atomic(() => atomic(() => atomic(async () => {}, { savepoint: false }))),
    { transactions: true },
  )
  expect(queries.map(({ sql }) => sql)).toEqual([
    expect.stringMatching(/^BEGIN/),
    'SAVEPOINT s1',
    'RELEASE SAVEPOINT s1',
    'COMMIT',
  ])
})
