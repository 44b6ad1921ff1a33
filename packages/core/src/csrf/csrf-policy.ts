import type { CookieOptions } from '@nuages/http'
import { OriginList } from '../cors/origin-list.ts'
import { fromSettings } from '../settings/active-settings.ts'
import type { Settings } from '../settings/settings.ts'

/** What the settings say about CSRF, worked out once. */
export interface CsrfPolicy {
  /** Whether the secret is in the session in place of the cookie. */
  readonly useSessions: boolean
  readonly cookieName: string
  readonly cookie: CookieOptions
  /** `undefined`: as the request came. */
  readonly cookieSecure: boolean | undefined
  readonly headerName: string
  readonly trustedOrigins: OriginList
  /** The hosts of all, a domain with a dot in front: whom a Referer may name. */
  readonly trustedHosts: readonly string[]
  readonly cookieDomain: string | undefined
  readonly failureView: Settings['csrfFailureView']
  readonly debug: boolean
}

export const csrfPolicy: () => CsrfPolicy = fromSettings((settings) => {
  const origins = settings.csrfTrustedOrigins.map((origin) => origin.toLowerCase())
  return {
    useSessions: settings.csrfUseSessions,
    cookieName: settings.csrfCookieName,
    cookie: cookieOptions(settings),
    cookieSecure: settings.csrfCookieSecure,
    headerName: settings.csrfHeaderName,
    trustedOrigins: new OriginList(origins),
    trustedHosts: origins.map((origin) => origin.split('://')[1]!.replace(/^\*/, '')),
    cookieDomain: settings.csrfCookieDomain,
    failureView: settings.csrfFailureView,
    debug: settings.debug,
  }
})

function cookieOptions(settings: Settings): CookieOptions {
  const { csrfCookieAge, csrfCookieDomain, csrfCookiePath, csrfCookieHttpOnly, csrfCookieSameSite } = settings
  return {
    path: csrfCookiePath,
    httpOnly: csrfCookieHttpOnly,
    ...(csrfCookieAge === null ? {} : { maxAge: csrfCookieAge }),
    ...(csrfCookieDomain === undefined ? {} : { domain: csrfCookieDomain }),
    ...(csrfCookieSameSite === false ? {} : { sameSite: csrfCookieSameSite }),
  }
}
