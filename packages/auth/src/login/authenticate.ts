import { type HttpRequest, PermissionDenied, TooManyRequests } from '@nuages/http'
import { authenticationBackends } from '../backends/active-backends.ts'
import type { Credentials } from '../backends/authentication-backend.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { type CountedGuess, countGuess } from './guess-limits.ts'
import { userLoginFailed } from './login-signals.ts'
import { masked } from './masked-credentials.ts'

const known = new WeakMap<object, string>()

/** By which backend a user was told, in this process: what `login` writes into the session. */
export function backendOf(user: object): string | undefined {
  return known.get(user)
}

/**
 * The user whom the credentials tell, such as `{ username, password }`; `null` where they tell none, or one who may not log
 * in. The first backend that knows them wins; one that throws `PermissionDenied` ends it. Throws
 * `TooManyRequests` where passwords were guessed too often (`auth.throttle` of the settings), before anything is checked.
 * Django's `authenticate`.
 */
export async function authenticate(
  request: HttpRequest | undefined,
  credentials: Credentials,
): Promise<CurrentUser | null> {
  const guess = await counted(request, credentials)
  for (const backend of authenticationBackends()) {
    try {
      const user = await backend.authenticate(request, credentials)
      if (user === null) continue
      known.set(user, backend.name)
      await guess.forgive()
      return user
    } catch (error) {
      if (error instanceof PermissionDenied) break
      throw error
    }
  }
  await userLoginFailed.send({ request, credentials: masked(credentials) })
  return null
}

async function counted(request: HttpRequest | undefined, credentials: Credentials): Promise<CountedGuess> {
  try {
    return await countGuess(request, credentials)
  } catch (error) {
    if (error instanceof TooManyRequests) {
      const { retryAfter } = error
      await userLoginFailed.send({ request, credentials: masked(credentials), retryAfter })
    }
    throw error
  }
}
