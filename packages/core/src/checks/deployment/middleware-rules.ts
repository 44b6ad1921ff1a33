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

const startFromDefault = 'Add it, or start from defaultMiddleware.'

/** A middleware that is left out, although the settings ask for what it does. */
function missing(id: string, middleware: Middleware, consequence: string): DeploymentRule {
  const isMissing = (settings: Settings): boolean =>
    !settings.middleware.includes(middleware) && (middleware.isUsed?.(settings) ?? true)
  return {
    id,
    hint: startFromDefault,
    find: (settings) => isMissing(settings) && `${middleware.name} is not in middleware: ${consequence}.`,
  }
}

export const middlewareRules: readonly DeploymentRule[] = [
  missing('security.W001', securityMiddleware, 'no security headers are sent'),
  missing('security.W002', commonMiddleware, 'the Host header is not validated for every request'),
  missing('security.W003', csrfMiddleware, 'another site can send forms in the name of your visitors'),
  missing('security.N010', cspMiddleware, 'secureCsp is not sent'),
  missing('security.N011', corsMiddleware, 'the section cors does nothing'),
  {
    id: 'security.N012',
    hint: 'Put compressionMiddleware before conditionalGetMiddleware, as in defaultMiddleware.',
    find: ({ middleware, compression }) => {
      const [outer, inner] = [compressionMiddleware, conditionalGetMiddleware].map((one) => middleware.indexOf(one))
      return (
        compression &&
        inner !== -1 &&
        outer! > inner! &&
        'compressionMiddleware comes after conditionalGetMiddleware: pages are compressed before it is known that nobody needs them.'
      )
    },
  },
]
