import { type AsyncView, type WrappableView, wrapView } from '@nuages/core'
import { type HttpRequest, HttpResponse } from '@nuages/http'
import { type LimitBy, limitKey } from './limit-key.ts'
import { after, type MaybePromise } from './maybe-promise.ts'
import { RateLimitHeaders } from './rate-limit-headers.ts'
import { RateLimited } from './rate-limited.ts'
import { RateLimiter, type RateLimiterOptions } from './rate-limiter.ts'

/** What `rateLimit` limits: how often, and whom it counts. */
export interface RateLimitOptions extends Omit<RateLimiterOptions, 'scope'> {
  /** Whom to count; each client when left out. */
  readonly by?: LimitBy
  /** What is limited; the URL pattern when left out. Views of one scope and period count together. */
  readonly scope?: string
  /** The methods that count; all when left out. */
  readonly methods?: readonly string[]
}

/**
 * Lets a view be asked so often, and no more: who asks more is answered 429. The answers tell what is left (`RateLimit`). The
 * view becomes asynchronous. Throws `RateError` where the rate is none.
 *
 * ```ts
 * path('search/', rateLimit({ rate: '30/m' })(search))
 * path('comment/', rateLimit({ rate: '5/m', by: 'user', methods: ['POST'] })(comment))
 * ```
 */
export function rateLimit(options: RateLimitOptions): <V extends WrappableView>(view: V) => AsyncView<V> {
  const limits = new RequestLimits(options)
  return <V extends WrappableView>(view: V) => {
    const limited = async (request: HttpRequest, ...params: never[]) =>
      limits.around(request, () => view(request, ...params))
    return wrapView(view, limited) as unknown as AsyncView<V>
  }
}

/** What one scope is counted by, and told in. */
interface Limit {
  readonly limiter: RateLimiter
  readonly headers: RateLimitHeaders
}

/** What `rateLimit` and the middleware do with a request. */
export class RequestLimits {
  readonly #options: RateLimitOptions
  readonly #methods: ReadonlySet<string> | undefined
  readonly #limits = new Map<string, Limit>()

  constructor(options: RateLimitOptions) {
    this.#options = options
    this.#methods = options.methods && new Set(options.methods.map((method) => method.toUpperCase()))
    // A rate that is none is told where it is written, not at the first request.
    this.#limit(options.scope ?? '')
  }

  /**
   * What `answer` gives, where the request is allowed: at once where the cache counts at once and the answer is there, else
   * its promise. Throws `RateLimited`, or rejects with it.
   */
  around(request: HttpRequest, answer: () => unknown): unknown {
    if (this.#methods?.has(request.method) === false) return answer()
    return after(limitKey(request, this.#options.by ?? 'client'), (key) =>
      key === undefined ? answer() : this.#counted(request, key, answer),
    )
  }

  #counted(request: HttpRequest, key: string, answer: () => unknown): MaybePromise<unknown> {
    const { limiter, headers } = this.#limit(this.#options.scope ?? request.resolverMatch?.route ?? '')
    return after(limiter.hitNow(key), (verdict) => {
      if (!verdict.allowed) throw new RateLimited(limiter.scope, key, verdict, limiter.period)
      return after(answer(), (response) => {
        if (response instanceof HttpResponse) {
          for (const header of headers.of(verdict)) response.headers.append(...header)
        }
        return response
      })
    })
  }

  #limit(scope: string): Limit {
    let limit = this.#limits.get(scope)
    if (limit === undefined) {
      const limiter = new RateLimiter({ ...this.#options, scope })
      limit = { limiter, headers: new RateLimitHeaders(scope, limiter.limit, limiter.period) }
      this.#limits.set(scope, limit)
    }
    return limit
  }
}
