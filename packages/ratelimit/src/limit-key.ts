import { logger } from '@nuages/core'
import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import { clientKey } from './client-key.ts'
import { after, type MaybePromise } from './maybe-promise.ts'

/** Whom a limit counts: each client, each user (a client where nobody is logged in), or what a function says; `undefined` is not limited. */
export type LimitBy = 'client' | 'user' | ((request: HttpRequest) => string | undefined | Promise<string | undefined>)

interface Visitor {
  readonly isAuthenticated: boolean
  readonly pk?: unknown
}

/** Who a request is counted for. */
export function limitKey(request: HttpRequest, by: LimitBy): MaybePromise<string | undefined> {
  if (typeof by === 'function') return by(request)
  if (by === 'client') return addressKey(request)
  return after(userKey(request), (key) => key ?? addressKey(request))
}

/** `undefined` where nobody is logged in. */
async function userKey(request: HttpRequest): Promise<string | undefined> {
  const { user } = request as { readonly user?: PromiseLike<Visitor> }
  if (user === undefined) {
    throw new ImproperlyConfigured("rateLimit({ by: 'user' }) needs request.user, and the request has none.", {
      hint: 'Put auth into installedApps.',
    })
  }
  const { isAuthenticated, pk } = await user
  return isAuthenticated ? `user ${String(pk)}` : undefined
}

let hasWarned = false

function addressKey(request: HttpRequest): string | undefined {
  const key = clientKey(request)
  // Who has gone before the server took the connection has no address either.
  if (key === undefined && !hasWarned && !request.signal.aborted) {
    hasWarned = true
    logger.warn(
      'Clients cannot be told apart, and are not limited: the server listens on a socket. Set trustedProxies.',
    )
  }
  return key
}
