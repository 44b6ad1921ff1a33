import { type Cache, type CacheScript, CacheUnavailable, caches } from '@nuages/cache'
import { RateError } from './errors.ts'
import { after, isPromise, type MaybePromise } from './maybe-promise.ts'
import { noteFailure } from './note-failure.ts'
import { parseRate, type RateInput } from './rate.ts'
import { ratelimitPolicy } from './ratelimit-settings.ts'
import { type Counts, type RateVerdict, readCounts, SlidingWindow, writeCounts } from './sliding-window.ts'
import { windowScript } from './window-script.ts'

/** What happens where the cache that counts cannot be reached. */
export type OnFailure = 'allow' | 'refuse'

/** What a `RateLimiter` counts, how often that may be, and where. */
export interface RateLimiterOptions {
  /** What is limited, such as `'login'`: limiters of the same scope and period count together. */
  readonly scope: string
  readonly rate: RateInput
  /** The cache that counts, or its alias; left out, `ratelimit.cache` of the settings. */
  readonly cache?: string | Cache
  /** Left out, `ratelimit.onFailure` of the settings, which is `'allow'` unless set. */
  readonly onFailure?: OnFailure
}

/** How much a hit counts. */
export interface HitOptions {
  /** How many hits this one is worth; 1 when left out. */
  readonly cost?: number
}

/**
 * Counts what somebody does, and says when it is enough. With a cache that processes share, all of them together allow the
 * limit and no more.
 *
 * ```ts
 * const guesses = new RateLimiter({ scope: 'login', rate: '5/m' })
 * const { allowed, retryAfter } = await guesses.hit(username)
 * ```
 */
export class RateLimiter {
  readonly scope: string
  readonly limit: number
  /** Seconds. */
  readonly period: number
  readonly #window: SlidingWindow
  readonly #cache: string | Cache | undefined
  readonly #onFailure: OnFailure | undefined

  /** Throws `RateError` where the rate is none. */
  constructor({ scope, rate, cache, onFailure }: RateLimiterOptions) {
    const { limit, period } = parseRate(rate)
    this.scope = scope
    this.limit = limit
    this.period = period
    this.#window = new SlidingWindow({ limit, period })
    this.#cache = cache
    this.#onFailure = onFailure
  }

  /** Counts a hit of `key` (a user, an address), and says whether it is allowed. One that is not allowed does not count. */
  async hit(key: string, options?: HitOptions): Promise<RateVerdict> {
    return this.hitNow(key, options)
  }

  /** As `hit`, without a promise where the cache answers at once: for what stands before every request. */
  hitNow(key: string, { cost = 1 }: HitOptions = {}): MaybePromise<RateVerdict> {
    if (!(Number.isSafeInteger(cost) && cost > 0))
      throw new RateError(`A hit costs a whole number above 0, not ${cost}.`)
    return this.#forgiving(() => this.#count(key, cost))
  }

  /** What would be said to a hit, without counting one. */
  async peek(key: string): Promise<RateVerdict> {
    return this.#forgiving(async () => {
      const cache = this.#counter()
      if (cache.runScript !== undefined) return this.#runScript(cache.runScript, key, 0)
      return this.#asked(readCounts(await cache.get(this.#key(key))), Date.now())
    })
  }

  /** Forgets the hits of `key`: after a password that was right. */
  async reset(key: string): Promise<void> {
    await this.#forgiving(async () => {
      await this.#counter().delete(this.#key(key))
      return this.#asked([], Date.now())
    })
  }

  /** Takes the last hit of `key` back, or so many: for what turned out to be allowed after all. More than there are is all. */
  async refund(key: string, { cost = 1 }: HitOptions = {}): Promise<void> {
    if (!(Number.isSafeInteger(cost) && cost > 0))
      throw new RateError(`A hit costs a whole number above 0, not ${cost}.`)
    await this.#forgiving(() => this.#count(key, -cost))
  }

  /** A cost below 0 takes hits back. */
  #count(key: string, cost: number): MaybePromise<RateVerdict> {
    const cache = this.#counter()
    if (cache.runScript !== undefined) return this.#runScript(cache.runScript, key, cost)
    let verdict: RateVerdict | undefined
    const change = (stored: unknown): string => {
      const { counts, verdict: said } = this.#window.hit(readCounts(stored), Date.now(), cost)
      verdict = said
      return writeCounts(counts)
    }
    const options = { timeout: this.#window.lifetime / 1000 }
    const updated = (cache.updateNow ?? cache.update).call(cache, this.#key(key), change, options)
    return after(updated, () => verdict!)
  }

  async #runScript(run: NonNullable<Cache['runScript']>, key: string, cost: number): Promise<RateVerdict> {
    const { limit, slice, lifetime } = this.#window
    const answer = await run(windowScript satisfies CacheScript, [this.#key(key)], [limit, slice, cost, lifetime])
    const [allowed, now, ...counts] = (answer as unknown[]).map(Number) as [number, number, ...number[]]
    return cost === 0 ? this.#asked(counts, now) : this.#window.verdict(counts, now, allowed === 1, cost)
  }

  /** What would be said to a hit that costs 1. */
  #asked(before: Counts, now: number): RateVerdict {
    const { counts, verdict } = this.#window.hit(before, now, 0)
    return this.#window.verdict(counts, now, verdict.remaining > 0, 1)
  }

  #counter(): Cache {
    const cache = this.#cache ?? ratelimitPolicy().cache
    return typeof cache === 'string' ? caches.get(cache) : cache
  }

  #key(key: string): string {
    return `ratelimit:${this.scope}:${this.period}:${key}`
  }

  /** What `work` says; where the cache cannot be reached, what `onFailure` says. */
  #forgiving(work: () => MaybePromise<RateVerdict>): MaybePromise<RateVerdict> {
    try {
      const verdict = work()
      return isPromise(verdict) ? verdict.then(undefined, (error) => this.#without(error)) : verdict
    } catch (error) {
      return this.#without(error)
    }
  }

  /** The verdict where the cache did not count. Throws `error` where that has another reason. */
  #without(error: unknown): RateVerdict {
    if (!(error instanceof CacheUnavailable)) throw error
    const onFailure = this.#onFailure ?? ratelimitPolicy().onFailure
    noteFailure(this.scope, onFailure, error)
    const { limit, period } = this
    return onFailure === 'allow'
      ? { allowed: true, limit, remaining: limit, retryAfter: 0, resetAfter: Math.ceil(period) }
      : {
          allowed: false,
          limit,
          remaining: 0,
          retryAfter: Math.min(60, Math.ceil(period)),
          resetAfter: Math.ceil(period),
        }
  }
}
