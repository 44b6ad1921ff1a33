import { type SetCookie, stringifySetCookie } from 'cookie'
import { prefixProblem } from './cookie-prefix.ts'
import { BadHeaderError } from './errors.ts'

/**
 * The attributes of a cookie (RFC 6265 §4.1). A name may ask for some: `__Secure-` for `secure`, `__Host-` also for the path `/`
 * and no `domain`, `__Http-` and `__Host-Http-` for `httpOnly` besides.
 */
export interface CookieOptions {
  /** Seconds until the browser forgets it. Without this and `expires`, it goes when the browser closes. */
  readonly maxAge?: number
  readonly expires?: Date | Temporal.Instant
  /** Makes the cookie reach all subdomains; left out, it stays with the host that set it. */
  readonly domain?: string
  /** `'/'` if left out, as with Django. */
  readonly path?: string
  readonly secure?: boolean
  /** Hides the cookie from scripts. */
  readonly httpOnly?: boolean
  readonly sameSite?: 'strict' | 'lax' | 'none'
  /** A cookie jar for each top-level site (CHIPS). Browsers take it only with `secure`. */
  readonly partitioned?: boolean
}

/** The cookies that a response sets, one for each name, domain and path. */
export class ResponseCookies {
  readonly #lines = new Map<string, string>()

  /** Throws `BadHeaderError` where name or attributes cannot be sent. */
  set(name: string, value: string, options: CookieOptions): void {
    const problem = prefixProblem(name, options)
    if (problem !== undefined) throw new BadHeaderError(`No browser takes the cookie '${name}': ${problem}.`)
    const path = options.path ?? '/'
    const { expires, ...rest } = options
    const cookie: SetCookie = { ...rest, name, value, path }
    if (expires !== undefined) {
      cookie.expires = expires instanceof Date ? expires : new Date(expires.epochMilliseconds)
    }
    this.#lines.set(`${name};${options.domain ?? ''};${path}`, serialize(cookie))
  }

  /** The values of the `Set-Cookie` headers. */
  lines(): IterableIterator<string> {
    return this.#lines.values()
  }
}

function serialize(cookie: SetCookie): string {
  if (!cookieName.test(cookie.name)) {
    throw new BadHeaderError(`Not a cookie name: ${JSON.stringify(cookie.name.slice(0, 100))}.`)
  }
  try {
    return stringifySetCookie(cookie, { encode: encodeValue })
  } catch (cause) {
    throw new BadHeaderError(`The cookie '${cookie.name}' cannot be set: ${(cause as Error).message}`, { cause })
  }
}

/** A colon may stay as it is (RFC 6265 §4.1.1); it parts what is signed, and Django, which reads our signed cookies, unescapes nothing. */
function encodeValue(value: string): string {
  return encodeURIComponent(value).replaceAll('%3A', ':')
}

// stricter than the cookie package, which lets separators through that other readers split at
const cookieName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
