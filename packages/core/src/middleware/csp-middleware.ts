import type { HttpRequest, HttpResponse } from '@nuages/http'
import type { CspDirectives } from '../csp/csp.ts'
import { type CspHeader, cspHeaders, setCspHeader } from '../csp/csp-headers.ts'
import { cspPolicy } from '../csp/csp-policy.ts'
import { fromSettings } from '../settings/active-settings.ts'
import type { Middleware } from './middleware.ts'
import { middlewareOf } from './middleware-steps.ts'

const policies = fromSettings(({ secureCsp, secureCspReportOnly }) => {
  const headers: readonly (readonly [CspHeader, CspDirectives | false])[] = [
    [cspHeaders.enforced, secureCsp],
    [cspHeaders.reportOnly, secureCspReportOnly],
  ]
  return headers.flatMap(([header, directives]) => {
    const policy = cspPolicy(header, directives)
    return policy === undefined ? [] : [{ header, policy }]
  })
})

/**
 * Tells browsers what a page may load and run: `secureCsp` and `secureCspReportOnly`, see `docs/csp.md`. A header that the
 * response has already stays. Django's `ContentSecurityPolicyMiddleware`.
 */
export const cspMiddleware: Middleware = middlewareOf(
  'cspMiddleware',
  { after: withPolicies },
  { isUsed: ({ secureCsp, secureCspReportOnly }) => secureCsp !== false || secureCspReportOnly !== false },
)

function withPolicies(request: HttpRequest, response: HttpResponse): HttpResponse {
  // What the browser has kept is shown under the policy that came with it, and may carry the nonce of that.
  if (response.status === 304) return response
  for (const { header, policy } of policies()) setCspHeader(request, response, header, policy)
  return response
}
