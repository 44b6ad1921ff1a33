import { caches } from '@nuages/cache'
import type { Check } from '@nuages/foundation'
import { ratelimitPolicy } from './ratelimit-settings.ts'

/** An alias that nobody has is told before the first request meets it. */
export const checkCache: Check = () => {
  const { cache } = ratelimitPolicy()
  const aliases = caches.aliases()
  if (aliases.includes(cache)) return []
  return [
    {
      level: 'error',
      id: 'ratelimit.E001',
      message: `ratelimit.cache is '${cache}', and the setting 'caches' has none of that name. It names: ${aliases.join(', ') || 'none'}.`,
      hint: `Add it to caches, or leave ratelimit.cache out.`,
    },
  ]
}
