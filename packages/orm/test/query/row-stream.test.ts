import { expect, test } from 'vitest'
import { RowStream } from '../../src/query/execute/row-stream.ts'

function stream(log: string[], chunks: readonly (readonly number[])[], failing?: Error): RowStream<number> {
  async function* read(): AsyncGenerator<readonly number[], void, undefined> {
    try {
      for (const chunk of chunks) {
        log.push(`read ${chunk.length}`)
        await Promise.resolve()
        yield chunk
      }
      if (failing) throw failing
    } finally {
      log.push('closed')
    }
  }
  return new RowStream(read())
}

test('gives each row, and reads a chunk when it is needed', async () => {
  const log: string[] = []
  const rows = stream(log, [[1, 2], [], [3]])
  expect(log).toEqual([])
  for await (const row of rows) log.push(String(row))
  expect(log).toEqual(['read 2', '1', '2', 'read 0', 'read 1', '3', 'closed'])
  expect(await rows.next()).toEqual({ done: true, value: undefined })
})

test('gives every row once to those who ask at the same time', async () => {
  const rows = stream([], [[1, 2], [3], [4]])
  const asked = await Promise.all(Array.from({ length: 6 }, () => rows.next()))
  expect(asked.map(({ value }) => value)).toEqual([1, 2, 3, 4, undefined, undefined])
})

test('closes what it reads from when its reader leaves, and gives nothing more', async () => {
  const log: string[] = []
  const rows = stream(log, [[1, 2, 3], [4]])
  for await (const row of rows) if (row === 2) break
  expect(log).toEqual(['read 3', 'closed'])
  expect(await rows.next()).toEqual({ done: true, value: undefined })
  {
    await using left = stream(log, [[1, 2]])
    await left.next()
  }
  expect(log).toEqual(['read 3', 'closed', 'read 2', 'closed'])
})

test('passes errors on, both ways', async () => {
  const log: string[] = []
  const failing = stream(log, [[1]], new Error('broken'))
  expect((await failing.next()).value).toBe(1)
  await expect(Promise.all([failing.next(), failing.next()])).rejects.toThrow('broken')
  expect(await failing.next()).toEqual({ done: true, value: undefined })
  const thrown = stream(log, [[1, 2]])
  await thrown.next()
  await expect(thrown.throw(new Error('enough'))).rejects.toThrow('enough')
  expect(await thrown.next()).toEqual({ done: true, value: undefined })
  expect(log.filter((line) => line === 'closed').length).toBe(2)
})
