import { BlockList, isIP } from 'node:net'
import { ImproperlyConfigured } from '@nuages/foundation'
import { plainAddress } from './node-address.ts'

const loopback = ['127.0.0.0/8', '::1']

/**
 * Whose word on the client is believed: addresses (`'192.0.2.1'`), networks (`'10.0.0.0/8'`, `'fd00::/8'`), `'loopback'`, and
 * `'unix'` for a proxy that connects over a unix socket. Throws `ImproperlyConfigured` for what is none of these.
 */
export class TrustedProxies {
  readonly #list = new BlockList()
  readonly #trustsUnix: boolean

  constructor(entries: readonly string[]) {
    this.#trustsUnix = entries.includes('unix')
    const networks = entries
      .filter((entry) => entry !== 'unix')
      .flatMap((entry) => (entry === 'loopback' ? loopback : entry))
    for (const network of networks) this.#add(network)
  }

  /** Whether the peer of a connection is one of them; it has no address on a unix socket. */
  has(address: string | undefined): boolean {
    if (address === undefined || address === '') return this.#trustsUnix
    const plain = plainAddress(address)
    return plain !== undefined && this.#list.check(plain, familyOf(plain))
  }

  #add(network: string): void {
    const parsed = parseNetwork(network)
    if (parsed === undefined) {
      throw new ImproperlyConfigured(`trustedProxies has '${network}', which is no address and no network.`, {
        hint: "It takes addresses ('192.0.2.1'), networks ('10.0.0.0/8'), 'loopback' and 'unix'.",
      })
    }
    this.#list.addSubnet(parsed.address, parsed.length, familyOf(parsed.address))
  }
}

/** Whether `trustedProxies` may have that entry. */
export function isProxyName(entry: string): boolean {
  return entry === 'unix' || entry === 'loopback' || parseNetwork(entry) !== undefined
}

function parseNetwork(network: string): { address: string; length: number } | undefined {
  const [, address = '', prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(network) ?? []
  const version = isIP(address)
  const bits = version === 6 ? 128 : 32
  const length = prefix === undefined ? bits : Number(prefix)
  return version === 0 || address.includes('%') || length > bits ? undefined : { address, length }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
