import type { CookieOptions } from './response-cookies.ts'

/**
 * `name` with the prefix `__Host-` where a cookie of these attributes may have it (RFC 6265bis §4.1.3.2): Secure, for the
 * path `/`, of this host alone. Browsers then take it from this host over HTTPS only, so that no subdomain and no plain page
 * can plant one. For cookies whose name nobody chose.
 */
export function hostCookieName(name: string, { secure, path = '/', domain }: CookieOptions): string {
  return secure === true && path === '/' && domain === undefined ? `__Host-${name}` : name
}
