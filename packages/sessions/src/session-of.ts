import { apps } from '@nuages/core'
import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { SessionStore } from './session-store.ts'

/** The session of a request, for who cannot do without: throws `ImproperlyConfigured` where there is none, and says why. */
export function sessionOf(request: HttpRequest): SessionStore {
  const session = request.session as SessionStore | undefined
  if (session !== undefined) return session
  throw apps.has('sessions')
    ? new ImproperlyConfigured('The session was asked for before the middleware of the app sessions has run.', {
        hint: 'Put sessions before the apps that use it in installedApps; a middleware of the settings runs before those of apps.',
      })
    : new ImproperlyConfigured('The request has no session: the app sessions is not installed.', {
        hint: 'Add the app of nuages/sessions to installedApps, and run the migrate command.',
      })
}
