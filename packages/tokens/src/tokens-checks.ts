import { apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'

/** What the app needs. */
export function checkNeededApps(): readonly CheckMessage[] {
  if (apps.has('auth')) return []
  return [
    {
      level: 'error',
      id: 'tokens.E001',
      message: 'The app tokens needs the app auth: a token is that of a user.',
      hint: 'Add contenttypes, sessions and auth to installedApps.',
      object: 'tokens',
    },
  ]
}
