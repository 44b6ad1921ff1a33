import { openCache } from '@nuages/cache'
import { configureDatabases } from 'nuages/orm'
import { RateLimiter } from '../src/index.ts'

/** Hits as often as it is told, as fast as it can, and says how often it was allowed. */
process.on(
  'message',
  async (task: { url: string; baseDir: string; databaseUrl?: string; scope: string; hits: number }) => {
    if (task.databaseUrl !== undefined) configureDatabases({ default: task.databaseUrl })
    const cache = openCache(task.url, { baseDir: task.baseDir })
    const limiter = new RateLimiter({ scope: task.scope, rate: '50/h', cache })
    const hits = Array.from({ length: task.hits }, async () => (await limiter.hit('everybody')).allowed)
    const allowed = (await Promise.all(hits)).filter(Boolean).length
    await cache.close()
    process.send!(allowed)
  },
)
process.on('disconnect', () => process.exit(0))
