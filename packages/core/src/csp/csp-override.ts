import { ImproperlyConfigured } from '@nuages/foundation'
import { type ViewWrapper, wrapResponses } from '../application/wrap-view.ts'
import type { CspDirectives } from './csp.ts'
import { type CspHeader, cspHeaders, leaveOutCsp, setCspHeader } from './csp-headers.ts'
import { cspPolicy } from './csp-policy.ts'
import { cspProblems } from './csp-problems.ts'

/**
 * Gives the answers of a view another policy than `secureCsp`; `false` gives them none. Django's `csp_override`. Throws
 * `ImproperlyConfigured` for a policy that browsers would not take.
 *
 * ```ts
 * path('map/', cspOverride({ ...strictCsp, 'img-src': [CSP.self, 'https://tiles.example.com'] })(map))
 * ```
 */
export function cspOverride(directives: CspDirectives | false): ViewWrapper {
  return override('cspOverride', cspHeaders.enforced, directives)
}

/** The same for `secureCspReportOnly`. Django's `csp_report_only_override`. */
export function cspReportOnlyOverride(directives: CspDirectives | false): ViewWrapper {
  return override('cspReportOnlyOverride', cspHeaders.reportOnly, directives)
}

function override(name: string, header: CspHeader, directives: CspDirectives | false): ViewWrapper {
  const problems = directives === false ? [] : cspProblems('the policy', directives)
  if (problems.length > 0) throw new ImproperlyConfigured(`${name}: ${problems.join(' ')}`)
  const policy = cspPolicy(header, directives)
  return wrapResponses((request, response) => {
    if (policy === undefined) leaveOutCsp(response, header)
    else setCspHeader(request, response, header, policy)
    return response
  })
}
