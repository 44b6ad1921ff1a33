import type { CheckMessage } from '@nuages/foundation'
import type { Settings } from '../../settings/settings.ts'
import { basicRules } from './basic-rules.ts'
import { cspRules } from './csp-rules.ts'
import { headerRules } from './header-rules.ts'
import { hstsRules } from './hsts-rules.ts'
import { middlewareRules } from './middleware-rules.ts'
import { originRules } from './origin-rules.ts'
import { placeRules } from './place-rules.ts'
import { proxyRules } from './proxy-rules.ts'
import { redirectRules } from './redirect-rules.ts'

const rules = [
  ...basicRules,
  ...middlewareRules,
  ...redirectRules,
  ...hstsRules,
  ...proxyRules,
  ...originRules,
  ...headerRules,
  ...cspRules,
  ...placeRules,
]

/** What a site in production should have set otherwise. Django's `check --deploy`. */
export function checkDeployment(settings: Settings): CheckMessage[] {
  return rules.flatMap(({ id, level = 'warning', hint, find }): CheckMessage[] => {
    const message = find(settings)
    return typeof message === 'string' ? [{ level, id, message, hint }] : []
  })
}
