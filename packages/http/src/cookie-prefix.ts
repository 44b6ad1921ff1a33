import type { CookieOptions } from './response-cookies.ts'

interface Prefix {
  readonly name: string
  readonly httpOnly: boolean
  readonly hostAlone: boolean
}

/** What browsers ask of cookies by their names, in any case of letters (RFC 6265bis §4.1.3). */
const prefixes: readonly Prefix[] = [
  { name: '__secure-', httpOnly: false, hostAlone: false },
  { name: '__host-', httpOnly: false, hostAlone: true },
  { name: '__http-', httpOnly: true, hostAlone: false },
  { name: '__host-http-', httpOnly: true, hostAlone: true },
]

function prefixOf(cookie: string): Prefix | undefined {
  if (!cookie.startsWith('__')) return undefined
  const name = cookie.toLowerCase()
  return prefixes.findLast((prefix) => name.startsWith(prefix.name))
}

/** Why browsers would not take a cookie of that name with these attributes; `undefined` where they would. */
export function prefixProblem(cookie: string, options: CookieOptions): string | undefined {
  const prefix = prefixOf(cookie)
  if (prefix === undefined) return undefined
  if (options.secure !== true) return 'its prefix asks for secure: true'
  if (prefix.httpOnly && options.httpOnly !== true) return 'its prefix asks for httpOnly: true'
  if (!prefix.hostAlone) return undefined
  if (options.domain !== undefined) return 'its prefix allows no domain'
  return (options.path ?? '/') === '/' ? undefined : "its prefix asks for the path '/'"
}

/** The attributes that a cookie must have for its name, where they were left out. */
export function attributesOfPrefix(cookie: string): Pick<CookieOptions, 'secure' | 'httpOnly'> {
  const prefix = prefixOf(cookie)
  if (prefix === undefined) return {}
  return prefix.httpOnly ? { secure: true, httpOnly: true } : { secure: true }
}
