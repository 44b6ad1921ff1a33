import type { CheckMessage } from '@nuages/foundation'
import type { Settings } from '../../settings/settings.ts'
import { basicRules } from './basic-rules.ts'
import { cspRules } from './csp-rules.ts'
import { headerRules } from './header-rules.ts'
import { middlewareRules } from './middleware-rules.ts'
import { transportRules } from './transport-rules.ts'

const rules = [...basicRules, ...middlewareRules, ...transportRules, ...headerRules, ...cspRules]

/** What a site in production should have set otherwise. Django's `check --deploy`. */
export function checkDeployment(settings: Settings): CheckMessage[] {
  return rules.flatMap((rule): CheckMessage[] => {
    const message = rule.find(settings)
    return typeof message === 'string' ? [{ level: 'warning', id: rule.id, message, hint: rule.hint }] : []
  })
}
