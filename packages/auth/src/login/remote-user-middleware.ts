import type { Middleware } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import { sessionOf } from '@nuages/sessions'
import { authenticationBackends } from '../backends/active-backends.ts'
import { RemoteUserBackend } from '../backends/remote-user-backend.ts'
import { authenticate } from './authenticate.ts'
import { login, logout } from './login.ts'
import { userOf } from './request-user.ts'
import { backendKey } from './session-keys.ts'

export interface RemoteUserOptions {
  /** The variable of the request's environment in which the server says who it is. */
  readonly variable?: string
  /** Keeps who is logged in where the server says nothing: for servers that ask on the page of the log-in alone. */
  readonly persistent?: boolean
}

/**
 * Logs in whom the web server says it is, by `REMOTE_USER` of the environment (CGI, or a server of one's own), and out who it
 * no longer says. A variable whose name begins with `HTTP_` is a header, which any client can send: name one only behind a
 * proxy that sets it always. It comes after those of sessions and auth: in an app of the project that is named after them.
 * Django's
 * `RemoteUserMiddleware` and `PersistentRemoteUserMiddleware`.
 */
export function remoteUserMiddleware({
  variable = 'REMOTE_USER',
  persistent = false,
}: RemoteUserOptions = {}): Middleware {
  return async (request, next) => {
    await applyRemoteUser(request, variable, persistent)
    return next(request)
  }
}

async function applyRemoteUser(request: HttpRequest, variable: string, persistent: boolean): Promise<void> {
  const remoteUser: unknown = (request.environ as unknown as Readonly<Record<string, unknown>>)[variable]
  const user = await userOf(request)
  if (typeof remoteUser !== 'string' || remoteUser === '') {
    if (!persistent && user.isAuthenticated && (await isOfRemote(request))) await logout(request)
    return
  }
  if (user.isAuthenticated) {
    if (user.getUsername() === remoteBackend()?.cleanUsername(remoteUser)) return
    // A session of somebody else is never this one's.
    if (await isOfRemote(request)) await logout(request)
  }
  const found = await authenticate(request, { remoteUser })
  if (found !== null) await login(request, found)
}

function remoteBackend(): RemoteUserBackend | undefined {
  return authenticationBackends().find((backend) => backend instanceof RemoteUserBackend)
}

/** Whether the session began with what a server said. */
async function isOfRemote(request: HttpRequest): Promise<boolean> {
  const name = await sessionOf(request).get(backendKey)
  return authenticationBackends().some((backend) => backend instanceof RemoteUserBackend && backend.name === name)
}
