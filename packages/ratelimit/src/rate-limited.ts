import { TooManyRequests } from '@nuages/http'
import { RateLimitHeaders } from './rate-limit-headers.ts'
import type { RateVerdict } from './sliding-window.ts'

/** Somebody did something too often: 429. The message is for the log, which it reaches by itself. */
export class RateLimited extends TooManyRequests {
  override readonly headers: readonly (readonly [name: string, value: string])[]
  readonly scope: string
  readonly verdict: RateVerdict

  /** `key` is who did it; `period` is in seconds. */
  constructor(scope: string, key: string, verdict: RateVerdict, period: number) {
    const { limit, retryAfter } = verdict
    super(`'${key}' has used up the rate limit '${scope}' (${limit} in ${period} s) for ${retryAfter} s.`, {
      retryAfter,
    })
    this.scope = scope
    this.verdict = verdict
    this.headers = [['Retry-After', String(retryAfter)], ...new RateLimitHeaders(scope, limit, period).of(verdict)]
  }
}
