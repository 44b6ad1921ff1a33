import type { Environ } from '@nuages/gateway'
import { parseForwarded } from './forwarded-header.ts'
import { addressOfNode, plainAddress } from './node-address.ts'
import type { TrustedProxies } from './trusted-proxies.ts'

/** What trusted proxies say of the client; what they do not say, or contradict each other in, is `undefined`. */
export interface ForwardedRequest {
  /** Whether the peer of the connection is a trusted proxy. Where it is not, nothing below is told. */
  readonly isTrusted: boolean
  readonly address?: string | undefined
  readonly scheme?: 'http' | 'https' | undefined
  readonly host?: string | undefined
  readonly port?: string | undefined
}

const untrusted: ForwardedRequest = { isTrusted: false }

/**
 * Reads `X-Forwarded-For`, `-Proto`, `-Host` and `-Port`, and `Forwarded` (RFC 7239), where the peer is one of `proxies`. Each
 * proxy appends what it saw, so the lists are read from their right end: the client is the first address that is no trusted
 * proxy's, and what stands further left is only what that client claims.
 */
export function readForwarded(environ: Environ, proxies: TrustedProxies): ForwardedRequest {
  if (!proxies.has(environ.REMOTE_ADDR)) return untrusted
  const peer = plainAddress(environ.REMOTE_ADDR ?? '')
  const one = fromXForwarded(environ, proxies, peer)
  const other = fromForwarded(environ.HTTP_FORWARDED, proxies, peer)
  return {
    isTrusted: true,
    address: agreed(one.address, other.address) ?? peer,
    scheme: schemeOf(agreed(one.scheme, other.scheme)),
    host: agreedHost(one, other),
    port: one.port,
  }
}

type Told = Partial<Record<'address' | 'scheme' | 'host' | 'port', string | undefined>>

/** What both say, or the only one that says anything: who sets one header may well pass on the other, as a client made it up. */
function agreed(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one === other ? one : undefined
}

/**
 * The host, where both name it or one says nothing at all. What only one of two names may be a client's own: a proxy that fills
 * the other one with what it saw passes it on, and links in mails would lead there.
 */
function agreedHost(one: Told, other: Told): string | undefined {
  const isAlone = !says(one) || !says(other)
  return isAlone || one.host === other.host ? (one.host ?? other.host) : undefined
}

function says(told: Told): boolean {
  return Object.values(told).some((value) => value !== undefined)
}

function fromXForwarded(environ: Environ, proxies: TrustedProxies, peer: string | undefined): Told {
  const nodes = listOf(environ.HTTP_X_FORWARDED_FOR)
  const { hops, address } = walk(nodes, proxies, peer)
  return {
    address: nodes.length === 0 ? undefined : address,
    scheme: toldAt(listOf(environ.HTTP_X_FORWARDED_PROTO), hops)?.toLowerCase(),
    host: toldAt(listOf(environ.HTTP_X_FORWARDED_HOST), hops)?.toLowerCase(),
    port: portOf(toldAt(listOf(environ.HTTP_X_FORWARDED_PORT), hops)),
  }
}

function fromForwarded(header: string | undefined, proxies: TrustedProxies, peer: string | undefined): Told {
  const elements = header === undefined ? undefined : parseForwarded(header)
  if (elements === undefined || elements.length === 0) return {}
  const nodes = elements.map((element) => element.get('for') ?? '')
  const { hops, address } = walk(nodes, proxies, peer)
  const element = elements.at(-1 - hops)!
  const said = nodes.some((node) => node !== '')
  return {
    address: said ? address : undefined,
    scheme: element.get('proto')?.toLowerCase(),
    host: element.get('host')?.toLowerCase() || undefined,
  }
}

/** From the peer back to the client: its address, and how many entries before the last one tell of it. */
function walk(
  nodes: readonly string[],
  proxies: TrustedProxies,
  peer: string | undefined,
): { hops: number; address: string | undefined } {
  let address = peer
  for (let hops = 0; hops < nodes.length; hops += 1) {
    const next = addressOfNode(nodes.at(-1 - hops)!)
    // 'unknown', '_hidden' and the like: the nearest that is known stands for all behind it
    if (next === undefined) return { hops, address }
    address = next
    if (!proxies.has(next)) return { hops, address }
  }
  return { hops: Math.max(nodes.length - 1, 0), address }
}

/** The entry of a list that tells of the hop; of a shorter list, which a proxy has written anew, its last. */
function toldAt(list: readonly string[], hops: number): string | undefined {
  return (list.length > hops ? list.at(-1 - hops) : list.at(-1)) || undefined
}

function listOf(header: string | undefined): readonly string[] {
  return header === undefined || header.trim() === '' ? [] : header.split(',').map((entry) => entry.trim())
}

function schemeOf(text: string | undefined): 'http' | 'https' | undefined {
  return text === 'http' || text === 'https' ? text : undefined
}

function portOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[1-9]\d{0,4}$/.test(text) && Number(text) < 65_536 ? text : undefined
}
