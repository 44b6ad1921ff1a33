import { apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'

/** What the admin cannot do without, by Django's ids. */
const needed: readonly (readonly [id: string, app: string, why: string])[] = [
  ['admin.E401', 'contenttypes', 'the history names models by it'],
  ['admin.E405', 'auth', 'it signs people in'],
  ['admin.E410', 'sessions', 'it remembers who is signed in'],
  ['admin.E406', 'messages', 'pages say with it what was saved'],
  ['admin.E900', 'staticfiles', 'it serves the styles and scripts'],
]

/** Says which apps are missing. */
export function checkApps(): CheckMessage[] {
  return needed
    .filter(([, app]) => !apps.has(app))
    .map(([id, app, why]) => ({
      level: 'error',
      id,
      message: `The admin needs the app '${app}': ${why}.`,
      hint: `Add ${app}, of nuages/${app}, to installedApps.`,
      object: 'installedApps',
    }))
}
