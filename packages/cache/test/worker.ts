import { closeDatabases, configureDatabases } from '@nuages/orm'
import { type Cache, openCache } from '../src/index.ts'

/** What a worker does, in turn: open a cache, go, and close it. It says `{ done }` after each. */
export type WorkerOrder =
  | { readonly order: 'open'; readonly url: string; readonly baseDir: string; readonly databaseUrl: string | undefined }
  | { readonly order: 'go'; readonly rounds: number }
  | { readonly order: 'close' }

export interface WorkerReport {
  readonly added: boolean
  readonly computed: unknown
}

let cache: Cache

async function follow(order: WorkerOrder): Promise<WorkerReport | undefined> {
  switch (order.order) {
    case 'open':
      if (order.databaseUrl !== undefined) configureDatabases({ default: order.databaseUrl })
      cache = openCache(order.url, { baseDir: order.baseDir })
      await cache.get('warm')
      return undefined
    case 'go':
      return go(order.rounds)
    case 'close':
      await cache.close()
      await closeDatabases()
      return undefined
  }
}

async function go(rounds: number): Promise<WorkerReport> {
  const added = await cache.add('once', process.pid)
  const computed = await cache.getOrSet('slow', async () => {
    await cache.incr('computations')
    await new Promise((resolve) => setTimeout(resolve, 300))
    return `by ${process.pid}`
  })
  for (let round = 0; round < rounds; round++) {
    await Promise.all([cache.incr('n'), cache.incr('n', 2)])
    await cache.update('list', (list) => [...(list as string[]), `${process.pid} ${round}`])
    await cache.set('large', `${process.pid} `.repeat(20_000))
    const large = (await cache.get<string>('large'))!
    if (new Set(large.trim().split(' ')).size !== 1) throw new Error('Two values were mixed.')
  }
  return { added, computed }
}

process.on('message', async (order: WorkerOrder) => {
  try {
    process.send!({ done: await follow(order) })
  } catch (error) {
    process.send!({ failed: String(error) })
  }
})
// Who started it may be gone.
process.on('disconnect', () => process.exit(0))
