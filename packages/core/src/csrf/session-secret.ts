import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import { logger } from '../log/logger.ts'
import { malformation, secretOf } from './csrf-token.ts'

/** What is asked of a session, whichever app it is of. */
interface CsrfSession {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
}

/** Django's `CSRF_SESSION_KEY`. */
const sessionKey = '_csrftoken'

/** The secrets of sessions that have been read; `undefined` where the session has none. */
const known = new WeakMap<HttpRequest, string | undefined>()

/** Reads the secret of the session, so that a token can be made without waiting. A visitor without cookies has no session to read. */
export async function loadSessionSecret(request: HttpRequest): Promise<void> {
  if (known.has(request)) return
  const session = sessionOf(request)
  const value = request.environ.HTTP_COOKIE === undefined ? undefined : await session.get(sessionKey)
  const isSecret = typeof value === 'string' && malformation(value) === undefined
  known.set(request, isSecret ? secretOf(value) : undefined)
}

/** The secret in the session; `undefined` where it has none. Throws `ImproperlyConfigured` where the session has not been read. */
export function secretInSession(request: HttpRequest): string | undefined {
  if (known.has(request)) return known.get(request)
  throw new ImproperlyConfigured('With csrfUseSessions, the token was asked for before the session was read.', {
    hint: 'Ask for it in the view or in a template: the session is read just before the view.',
  })
}

/** Keeps a secret in the session. */
export function keepInSession(request: HttpRequest, secret: string): void {
  known.set(request, secret)
  // The session was read, so that this is done by the time its middleware looks whether there is something to save.
  sessionOf(request)
    .set(sessionKey, secret)
    .catch((err: unknown) => logger.error({ err, id: request.id }, 'The CSRF token could not be kept in the session.'))
}

function sessionOf(request: HttpRequest): CsrfSession {
  const session = Reflect.get(request, 'session') as CsrfSession | undefined
  if (session !== undefined) return session
  throw new ImproperlyConfigured('csrfUseSessions is on, and the request has no session.', {
    hint: 'Add the app of nuages/sessions to installedApps, or leave csrfUseSessions out.',
  })
}
