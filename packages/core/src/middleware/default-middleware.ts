import { localeMiddleware } from '../locale/locale-middleware.ts'
import { commonMiddleware } from './common-middleware.ts'
import { compressionMiddleware } from './compression-middleware.ts'
import { conditionalGetMiddleware } from './conditional-get-middleware.ts'
import { corsMiddleware } from './cors-middleware.ts'
import { cspMiddleware } from './csp-middleware.ts'
import { csrfMiddleware } from './csrf-middleware.ts'
import type { Middleware } from './middleware.ts'
import { requestIdMiddleware } from './request-id-middleware.ts'
import { securityMiddleware } from './security-middleware.ts'

/** What runs when the settings have no `middleware`, from the outside in. Add to it with `[...defaultMiddleware, mine]`. */
export const defaultMiddleware: readonly Middleware[] = Object.freeze([
  requestIdMiddleware,
  securityMiddleware,
  cspMiddleware,
  compressionMiddleware,
  corsMiddleware,
  localeMiddleware,
  commonMiddleware,
  csrfMiddleware,
  conditionalGetMiddleware,
])
