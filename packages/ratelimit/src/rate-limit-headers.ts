import type { RateVerdict } from './sliding-window.ts'

/** A header, as `HttpError.headers` takes them. */
type Header = readonly [name: string, value: string]

/**
 * The headers of the IETF's draft "RateLimit header fields for HTTP" of one limit: what it is, and what is left of it. Both are
 * lists: where several limits count a request, each adds its own.
 */
export class RateLimitHeaders {
  readonly #name: string
  readonly #policy: Header

  /** `period` is in seconds. */
  constructor(name: string, limit: number, period: number) {
    this.#name = `"${name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\]/g, '\\$&')}"`
    this.#policy = ['RateLimit-Policy', `${this.#name};q=${limit};w=${Math.ceil(period)}`]
  }

  of({ remaining, resetAfter }: RateVerdict): readonly Header[] {
    return [this.#policy, ['RateLimit', `${this.#name};r=${remaining};t=${resetAfter}`]]
  }
}
