import { type CookieOptions, type HttpRequest, hostCookieName } from '@nuages/http'
import { sessionPolicy } from './sessions-settings.ts'

/** Name and attributes of the cookie, without how long it lasts. */
export interface SessionCookie {
  readonly name: string
  readonly options: CookieOptions
}

const plainName = 'sessionid'

/** The longest name that the cookie may have. */
export function longestCookieName(): string {
  return sessionPolicy().cookieName ?? `__Host-${plainName}`
}

/** The cookie of the session, as it is over this connection. */
export function sessionCookie({ isSecure }: Pick<HttpRequest, 'isSecure'>): SessionCookie {
  const policy = sessionPolicy()
  const { cookieName, cookieDomain: domain, cookiePath: path, cookieSecure, cookieHttpOnly, cookieSameSite } = policy
  const options: CookieOptions = {
    path,
    secure: cookieSecure ?? isSecure,
    httpOnly: cookieHttpOnly,
    ...(domain === undefined ? {} : { domain }),
    ...(cookieSameSite === false ? {} : { sameSite: cookieSameSite }),
    ...(policy.cookiePartitioned ? { partitioned: true } : {}),
  }
  // Over plain HTTP browsers refuse the prefix, whatever the cookie says of itself.
  return { name: cookieName ?? (isSecure ? hostCookieName(plainName, options) : plainName), options }
}
