import { logger } from '@nuages/core'

/** Milliseconds between two lines of the log about the same scope. */
const pause = 60_000

const lastNoted = new Map<string, number>()

/** Writes to the log that a limiter cannot count, once a minute. */
export function noteFailure(scope: string, onFailure: 'allow' | 'refuse', error: unknown): void {
  const now = performance.now()
  const last = lastNoted.get(scope)
  if (last !== undefined && now - last < pause) return
  lastNoted.set(scope, now)
  const consequence = onFailure === 'allow' ? 'Everything is allowed' : 'Everything is refused'
  logger.error({ scope, err: error }, `The rate limit '${scope}' cannot count. ${consequence} until it can.`)
}
