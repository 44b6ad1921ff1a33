import { DisallowedHost } from './errors.ts'

const hostPattern = /^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::\d{1,5})?$/
const wellFormed = new Set<string>()
const maxRemembered = 200

/**
 * Checks the shape of a `Host` header (RFC 9110 §7.2) and returns it in lower case. Throws `DisallowedHost`: what a host name
 * cannot hold must not reach a link in a page or a mail.
 */
export function parseHost(raw: string): string {
  if (wellFormed.has(raw)) return raw
  const host = raw.toLowerCase()
  // No URL holds a port above 65535, or a name that ends in a number and is no IPv4 address.
  if (!hostPattern.test(host) || !URL.canParse(`http://${host}/`)) {
    throw new DisallowedHost(`The Host header is not a host name: '${raw.slice(0, 100)}'.`)
  }
  if (wellFormed.size < maxRemembered) wellFormed.add(host)
  return host
}

/** The host without its port and without the dot of a fully qualified name. */
export function hostName(host: string): string {
  const colon = host.endsWith(']') ? -1 : host.lastIndexOf(':')
  const name = colon === -1 ? host : host.slice(0, colon)
  return name.endsWith('.') ? name.slice(0, -1) : name
}

/** The port that a host names, if it names one. */
export function portIn(host: string): string | undefined {
  return /:(\d{1,5})$/.exec(host)?.[1]
}

/** Whether `host` is one of `allowed`: an exact name, `.example.com` for a domain and all below it, or `*`. Django's `validate_host`. */
export function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  const name = hostName(host)
  return allowed.some((entry) => {
    const pattern = entry.toLowerCase()
    if (pattern === '*' || pattern === name) return true
    return pattern.startsWith('.') && (name.endsWith(pattern) || name === pattern.slice(1))
  })
}

let lastAccepted:
  | { readonly raw: string; readonly allowed: readonly string[] | undefined; readonly host: string }
  | undefined

/**
 * The host of a request in lower case, once it is sure to be well-formed and one of `allowed` (any, if left out). Throws
 * `DisallowedHost`. Nearly every request of a site names the same host, so the last one is remembered.
 */
export function acceptedHost(raw: string, allowed: readonly string[] | undefined): string {
  if (lastAccepted?.raw === raw && lastAccepted.allowed === allowed) return lastAccepted.host
  const host = parseHost(raw)
  if (allowed !== undefined && !isAllowedHost(host, allowed)) {
    throw new DisallowedHost(`This project does not serve the host '${host}'.`, {
      hint: `Add '${host.replace(/:\d+$/, '')}' to allowedHosts in the settings, if it should.`,
    })
  }
  lastAccepted = { raw, allowed, host }
  return host
}
