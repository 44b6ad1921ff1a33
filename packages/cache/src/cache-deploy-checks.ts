import type { Check } from '@nuages/foundation'
import { cacheAddresses } from './cache-checks.ts'

/** What each process keeps for itself is told where several processes are likely. */
export const checkSharing: Check = () =>
  cacheAddresses('memory')
    .filter(({ alias }) => alias === 'default')
    .map(({ alias }) => ({
      level: 'info',
      id: 'caches.I001',
      message: `The cache '${alias}' is in memory: each process has its own, and what one takes out the others still have.`,
      hint: "With several processes take one that they share: 'redis://127.0.0.1:6379/0', 'database:nuages_cache', 'file:var/cache'.",
      object: alias,
    }))
