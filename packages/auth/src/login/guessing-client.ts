import type { HttpRequest } from '@nuages/http'
import { clientKey, isToldByProxy } from '@nuages/ratelimit'

/**
 * By what clients that guess are told apart. `undefined` where it is not known, and for this machine itself: that is a proxy
 * which `trustedProxies` does not name, behind which everybody would be one client.
 */
export function guessingClient(request: HttpRequest | undefined): string | undefined {
  const key = request === undefined ? undefined : clientKey(request)
  const isThisMachine = key?.startsWith('127.') || key === loopbackNetwork
  return isThisMachine && !isToldByProxy(request!) ? undefined : key
}

/** That of `::1`, which nothing else is in. */
const loopbackNetwork = '0:0:0:0::/64'
