import { caches } from '@nuages/cache'
import type { Check } from '@nuages/foundation'
import { ratelimitPolicy } from './ratelimit-settings.ts'

/** What each process counts for itself is told where several processes are likely. */
export const checkSharing: Check = () => {
  const { cache } = ratelimitPolicy()
  if (!caches.aliases().includes(cache) || caches.get(cache).isShared) return []
  return [
    {
      level: 'info',
      id: 'ratelimit.I001',
      message: `Rates are counted in the cache '${cache}', which is in memory: of several processes each allows the whole limit.`,
      hint: "With several processes let them count in one they share, best of all Redis: caches: { default: 'redis://127.0.0.1:6379/0' }.",
    },
  ]
}
