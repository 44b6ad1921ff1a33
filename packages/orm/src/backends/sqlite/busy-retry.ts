import { setTimeout as delay } from 'node:timers/promises'
import { isBusy } from './translate-error.ts'

const firstDelay = 1
const longestDelay = 100

/** The lock was not free within the limit. */
export class StillBusy extends Error {}

/**
 * Does `work` again until SQLite no longer says that another process holds the lock, on a timer whose delay doubles; after
 * `limit` milliseconds it throws `StillBusy`.
 */
export async function retryWhileBusy<T>(work: () => T, limit: number): Promise<T> {
  const deadline = performance.now() + limit
  for (let pause = firstDelay; ; pause = Math.min(pause * 2, longestDelay)) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
      const left = deadline - performance.now()
      if (left <= 0) throw new StillBusy(undefined, { cause: error })
      // Processes that wait in step would collide in step.
      await delay(Math.min(left, pause * (0.5 + Math.random())))
    }
  }
}
