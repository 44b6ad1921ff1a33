import type { CheckLevel } from '@nuages/foundation'
import type { Settings } from '../../settings/settings.ts'

/** Something that a site in production should have set otherwise. */
export interface DeploymentRule {
  /** The number of Django's check of the same thing; ours are `security.N…`. */
  readonly id: string
  /** Left out, `warning`. */
  readonly level?: CheckLevel
  readonly hint: string
  /** What is wrong, where it is. */
  find(settings: Settings): string | false | undefined
}
