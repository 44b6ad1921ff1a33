import type { RateVerdict } from './sliding-window.ts'

/**
 * The headers of the IETF's draft "RateLimit header fields for HTTP": what the limit is, and what is left of it. Both are lists:
 * where several limits count a request, each adds its own.
 */
export function rateLimitHeaders(
  name: string,
  { limit, remaining, resetAfter }: RateVerdict,
  period: number,
): readonly (readonly [name: string, value: string])[] {
  const quoted = `"${name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\]/g, '\\$&')}"`
  return [
    ['RateLimit-Policy', `${quoted};q=${limit};w=${Math.ceil(period)}`],
    ['RateLimit', `${quoted};r=${remaining};t=${resetAfter}`],
  ]
}
