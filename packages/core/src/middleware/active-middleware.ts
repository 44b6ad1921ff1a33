import { apps } from '../apps/app-registry.ts'
import { activeSettings } from '../settings/active-settings.ts'
import type { Middleware } from './middleware.ts'

/**
 * Every middleware of the project that is set up, from the outside in: those of the settings, then those that the apps bring,
 * without the ones that are not used. Checks tell by it who comes before whom.
 */
export function activeMiddleware(): readonly Middleware[] {
  const settings = activeSettings()
  return [...settings.middleware, ...apps.all().flatMap((app) => app.middleware ?? [])].filter(
    ({ isUsed }) => isUsed === undefined || isUsed(settings),
  )
}
