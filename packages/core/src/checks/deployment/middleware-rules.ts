import { activeMiddleware } from '../../middleware/active-middleware.ts'
import { commonMiddleware } from '../../middleware/common-middleware.ts'
import { compressionMiddleware } from '../../middleware/compression-middleware.ts'
import { conditionalGetMiddleware } from '../../middleware/conditional-get-middleware.ts'
import { corsMiddleware } from '../../middleware/cors-middleware.ts'
import { cspMiddleware } from '../../middleware/csp-middleware.ts'
import { csrfMiddleware } from '../../middleware/csrf-middleware.ts'
import type { Middleware } from '../../middleware/middleware.ts'
import { securityMiddleware } from '../../middleware/security-middleware.ts'
import type { Settings } from '../../settings/settings.ts'
import type { DeploymentRule } from './deployment-rule.ts'

/** A middleware that is left out, although the settings ask for what it does. */
function missing(id: string, middleware: Middleware, consequence: string): DeploymentRule {
  const isMissing = (settings: Settings): boolean =>
    !activeMiddleware().includes(middleware) && (middleware.isUsed?.(settings) ?? true)
  return {
    id,
    hint: 'Add it, or start from defaultMiddleware.',
    find: (settings) => isMissing(settings) && `${middleware.name} is not in middleware: ${consequence}.`,
  }
}

/** Two middleware of which the first has to be further out. */
function misplaced(id: string, [outer, inner]: readonly [Middleware, Middleware], consequence: string): DeploymentRule {
  return {
    id,
    hint: `Put ${outer.name} before ${inner.name}, as in defaultMiddleware.`,
    find: () => {
      const [first, second] = [outer, inner].map((one) => activeMiddleware().indexOf(one)) as [number, number]
      return second !== -1 && first > second && `${outer.name} comes after ${inner.name}: ${consequence}.`
    },
  }
}

export const middlewareRules: readonly DeploymentRule[] = [
  missing('security.W001', securityMiddleware, 'no security headers are sent'),
  missing('security.W002', commonMiddleware, 'the Host header is not validated for every request'),
  missing('security.W003', csrfMiddleware, 'another site can send forms in the name of your visitors'),
  missing('security.N010', cspMiddleware, 'secureCsp is not sent'),
  missing('security.N011', corsMiddleware, 'the section cors does nothing'),
  misplaced(
    'security.N012',
    [compressionMiddleware, conditionalGetMiddleware],
    'pages are compressed before it is known that nobody needs them',
  ),
  misplaced(
    'security.N013',
    [securityMiddleware, commonMiddleware],
    'what that redirects goes over plain HTTP first, and without security headers',
  ),
]
