import { isIPv6 } from 'node:net'
import type { HttpRequest } from '@nuages/http'

/**
 * What a limit per client counts by: the address; of IPv6 the network of 64 bits, since whoever has one address has all of
 * them. `undefined` where the client has no address, as behind a proxy on a unix socket that `trustedProxies` does not name.
 */
export function clientKey(request: HttpRequest): string | undefined {
  const address = request.clientAddress.replace(/%.*$/, '')
  if (address === '') return isToldByProxy(request) ? unclear : undefined
  // What has no colon is none, which is known sooner than by the pattern.
  return address.includes(':') && isIPv6(address) ? networkOf(address) : address
}

/** All those together whose proxy tells of a client that nobody can make out. */
const unclear = 'unclear'

/**
 * Whether a trusted proxy tells where a request comes from. Where the address is the proxy's own all the same, its headers
 * contradict each other, which a client brings about by sending one of them itself: it must gain nothing by that.
 */
export function isToldByProxy({ environ, isFromTrustedProxy }: HttpRequest): boolean {
  return isFromTrustedProxy && (environ.HTTP_X_FORWARDED_FOR !== undefined || environ.HTTP_FORWARDED !== undefined)
}

function networkOf(address: string): string {
  const groups = groupsOf(address)
  // IPv4 that came over a socket for both: ::ffff:192.0.2.1
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.')
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight groups of an address. The URL parser writes each address in one way. */
function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [before = '', after] = canonical.split('::')
  const [head, tail] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':')))
  const zeros = Array.from({ length: 8 - head!.length - tail!.length }, () => '0')
  return [...head!, ...zeros, ...tail!].map((group) => Number.parseInt(group, 16))
}
