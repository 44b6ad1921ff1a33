import { type CheckMessage, CheckRegistry } from '@nuages/foundation'
import { checkModels, models } from '@nuages/orm'
import { checkUrlpatterns, getUrlconf } from '@nuages/urls'
import { apps } from '../apps/app-registry.ts'
import { checkTranslations } from '../locale/translation-checks.ts'
import { activeSettings } from '../settings/active-settings.ts'
import { checkCsp } from './csp-checks.ts'
import { checkDeployment } from './deployment/check-deployment.ts'
import { checkSettings } from './settings-checks.ts'

export interface RunChecksOptions {
  /** Adds the checks of what only matters in production. */
  readonly deploy?: boolean
  /** Runs only the checks with one of these tags: `settings`, `translation`, `urls`, `models`, `security`, or an app's name. */
  readonly tags?: readonly string[]
}

/** Runs the system checks of the project that is set up. Django's `run_checks`. */
export async function runChecks({ deploy = false, tags }: RunChecksOptions = {}): Promise<CheckMessage[]> {
  const settings = activeSettings()
  const registry = new CheckRegistry()
  registry.register(() => [...checkSettings(settings), ...checkCsp(settings)], 'settings')
  registry.register(() => checkTranslations(settings), 'translation')
  registry.register(() => checkUrlpatterns(getUrlconf()), 'urls')
  registry.register(() => checkModels(apps.all().flatMap((app) => models.all(app.name))), 'models')
  if (deploy) registry.register(() => checkDeployment(settings), 'security')
  for (const app of apps.all()) {
    for (const check of app.checks ?? []) registry.register(check, app.name)
    for (const check of (deploy && app.deployChecks) || []) registry.register(check, app.name, 'security')
  }
  return registry.run(tags === undefined ? {} : { tags })
}
