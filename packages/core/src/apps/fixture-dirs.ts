import { join } from 'node:path'
import { settings } from '../settings/active-settings.ts'
import type { Settings } from '../settings/settings.ts'
import { apps } from './app-registry.ts'

/**
 * Where fixtures are looked for by their names: `fixtures/` of each app, in the order of `installedApps`, then the project's
 * `fixtureDirs`; of one app, its own folder alone. Throws `UnknownApp` where there is no such app.
 */
export function fixtureDirs(app?: string): readonly string[] {
  if (app !== undefined) return [join(apps.get(app).dir, 'fixtures')]
  return [...apps.all().map(({ dir }) => join(dir, 'fixtures')), ...(settings as Settings).fixtureDirs]
}
