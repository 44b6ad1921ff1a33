import { type HttpRequest, PermissionDenied } from '@nuages/http'
import { authenticationBackends } from '../backends/active-backends.ts'
import type { Credentials } from '../backends/authentication-backend.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { userLoginFailed } from './login-signals.ts'

const known = new WeakMap<object, string>()

/** By which backend a user was told, in this process: what `login` writes into the session. */
export function backendOf(user: object): string | undefined {
  return known.get(user)
}

/**
 * The user whom the credentials tell, such as `{ username, password }`; `null` where they tell none, or one who may not log
 * in. The first backend that knows them wins; one that throws `PermissionDenied` ends it. Django's `authenticate`.
 */
export async function authenticate(
  request: HttpRequest | undefined,
  credentials: Credentials,
): Promise<CurrentUser | null> {
  for (const backend of authenticationBackends()) {
    try {
      const user = await backend.authenticate(request, credentials)
      if (user === null) continue
      known.set(user, backend.name)
      return user
    } catch (error) {
      if (error instanceof PermissionDenied) break
      throw error
    }
  }
  await userLoginFailed.send({ request, credentials: masked(credentials) })
  return null
}

const secret = /api|token|key|secret|password|signature/i

function masked(credentials: Credentials): Credentials {
  return Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => [name, secret.test(name) ? '********************' : value]),
  )
}
