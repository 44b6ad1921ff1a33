import { checkCsrf } from '../csrf/check-csrf.ts'
import { withCsrfCookie } from '../csrf/get-token.ts'
import type { Middleware } from './middleware.ts'
import { middlewareOf } from './middleware-steps.ts'

/**
 * Lets what may change something (POST, PUT, PATCH, DELETE) through to its view only where a page of this site sent it: see
 * `docs/csrf.md`. A request that reads costs nothing unless its page uses the token. Django's `CsrfViewMiddleware`.
 */
export const csrfMiddleware: Middleware = middlewareOf(
  'csrfMiddleware',
  { after: withCsrfCookie },
  { processView: checkCsrf },
)
