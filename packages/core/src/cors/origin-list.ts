/** Whether `host` is `domain`, or below it where that starts with a dot. Both may have a port. */
export function isSameDomain(host: string, domain: string): boolean {
  return host === domain || (domain.startsWith('.') && (host.endsWith(domain) || host === domain.slice(1)))
}

/** Origins of the settings: `'https://example.com'`, or `'https://*.example.com'` for a domain and all below it. */
export class OriginList {
  readonly #exact: ReadonlySet<string>
  /** Of those with `*`, the scheme and the domain: `['https://', '.example.com']`. */
  readonly #wildcards: readonly (readonly [scheme: string, domain: string])[]

  constructor(origins: readonly string[]) {
    const lower = origins.map((origin) => origin.toLowerCase())
    this.#exact = new Set(lower.filter((origin) => !origin.includes('*')))
    this.#wildcards = lower
      .filter((origin) => origin.includes('*'))
      .map((origin) => origin.split('*', 2) as [scheme: string, domain: string])
  }

  /** Whether an `Origin` header names one of them. `null`, the origin of files and sandboxes, is none. */
  has(origin: string): boolean {
    const lower = origin.toLowerCase()
    if (this.#exact.has(lower)) return true
    return this.#wildcards.some(
      ([scheme, domain]) => lower.startsWith(scheme) && isSameDomain(lower.slice(scheme.length), domain),
    )
  }
}
