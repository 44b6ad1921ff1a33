import { setTimeout as delay } from 'node:timers/promises'
import { OperationalError } from '../backends/errors.ts'

const firstPause = 10
const longestPause = 1000

/** Does `work` again, at most `retries` times, while it only fails because of another transaction. */
export async function withRetries<T>(retries: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= retries || !isRetryable(error)) throw error
      // Transactions that wait in step would meet again.
      await delay(Math.min(firstPause * 2 ** attempt, longestPause) * (0.5 + Math.random()))
    }
  }
}

/** A block that caught the error fails with another at its end, and project code wraps errors too. */
function isRetryable(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof OperationalError && each.retryable) return true
  }
  return false
}
