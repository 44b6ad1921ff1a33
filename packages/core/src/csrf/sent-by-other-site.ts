import type { HttpRequest } from '@nuages/http'
import { safeMethods } from './check-csrf.ts'
import { sourceProblem } from './check-source.ts'

/**
 * Whether a browser says that a page of another site sends a request that may change something, and no trusted origin's
 * (`csrfTrustedOrigins`). For what a browser sends along by itself without being a cookie, such as a password of HTTP Basic
 * that it has kept. A program says nothing of where it sends from, and is not meant.
 */
export function isSentByOtherSite(request: HttpRequest): boolean {
  if (safeMethods.has(request.method)) return false
  const { headers } = request
  return (headers.has('Sec-Fetch-Site') || headers.has('Origin')) && sourceProblem(request) !== undefined
}
