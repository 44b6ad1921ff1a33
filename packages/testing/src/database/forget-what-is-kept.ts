import { caches } from '@nuages/cache'
import { outbox } from '@nuages/mail'

/**
 * Empties what a test would leave in the process for the next one: the outbox, and the caches that no other process sees, where
 * rates are counted as well. What is shared is the project's own, and stays.
 */
export async function forgetWhatIsKept(): Promise<void> {
  outbox.length = 0
  for (const alias of caches.aliases()) {
    const cache = caches.get(alias)
    if (!cache.isShared) await cache.clear()
  }
}
