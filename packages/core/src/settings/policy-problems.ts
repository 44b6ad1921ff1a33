import { corsProblems } from '../cors/cors-problems.ts'
import { cspProblems } from '../csp/csp-problems.ts'
import type { SettingsProblem } from '../errors.ts'
import type { Settings } from './settings.ts'

export type PolicySetting = 'secureCsp' | 'secureCspReportOnly' | 'cors'

/** What is wrong with policies whose form is right: browsers would pass over it, or take it for something else. */
export function policyProblems(settings: Pick<Settings, PolicySetting>): SettingsProblem[] {
  const csp = (['secureCsp', 'secureCspReportOnly'] as const).flatMap((key) => {
    const directives = settings[key]
    return directives === false ? [] : cspProblems(key, directives).map((message) => ({ key, message }))
  })
  const cors = settings.cors === undefined ? [] : corsProblems(settings.cors)
  return [...csp, ...cors.map((message) => ({ key: 'cors', message }))]
}
