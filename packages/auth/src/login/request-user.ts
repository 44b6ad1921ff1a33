import { inspect } from 'node:util'
import { apps } from '@nuages/core'
import { ImproperlyConfigured, type Pending, type PendingState, pending } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { AnonymousUser } from '../users/anonymous-user.ts'
import type { CurrentUser } from '../users/get-user-model.ts'
import { getUser } from './get-user.ts'

/** Whoever sent a request. */
export type Visitor = CurrentUser | AnonymousUser

/**
 * `request.user`: awaited in code, simply read in templates. Who it is, is found out when it is first asked for, once a
 * request.
 */
export class RequestUser implements PromiseLike<Visitor>, Pending {
  readonly #find: () => Promise<Visitor>
  #finding: Promise<Visitor> | undefined
  #found: Visitor | undefined

  constructor(find: () => Promise<Visitor>) {
    this.#find = find
  }

  /** The user of the session of a request. */
  static ofSession(request: HttpRequest): RequestUser {
    return new RequestUser(() => getUser(request))
  }

  /** A user who is known. */
  static of(user: Visitor): RequestUser {
    const known = new RequestUser(async () => user)
    known.#found = user
    return known
  }

  then<T1 = Visitor, T2 = never>(
    onfulfilled?: ((user: Visitor) => T1 | PromiseLike<T1>) | null,
    onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
  ): Promise<T1 | T2> {
    return this.#load().then(onfulfilled, onrejected)
  }

  [pending](): PendingState {
    return this.#found === undefined ? { ready: false, load: () => this.#load() } : { ready: true, value: this.#found }
  }

  [inspect.custom](): string {
    return this.#found === undefined ? 'RequestUser' : `RequestUser<${String(this.#found)}>`
  }

  #load(): Promise<Visitor> {
    this.#finding ??= this.#find().then(
      (user) => {
        this.#found = user
        return user
      },
      (error: unknown) => {
        // Who asks again tries again.
        this.#finding = undefined
        throw error
      },
    )
    return this.#finding
  }
}

/**
 * Whoever sent a request, for who cannot do without: throws `ImproperlyConfigured` where the request does not know, and says
 * why.
 */
export async function userOf(request: HttpRequest): Promise<Visitor> {
  const user = request.user as RequestUser | undefined
  if (user !== undefined) return user
  throw apps.has('auth')
    ? new ImproperlyConfigured('The user was asked for before the middleware of the app auth has run.', {
        hint: 'A middleware of the settings runs before those of apps: put authenticationMiddleware before it in the list.',
      })
    : new ImproperlyConfigured('The request has no user: the app auth is not installed.', {
        hint: 'Add contenttypes, sessions and auth to installedApps, and run the migrate command.',
      })
}
