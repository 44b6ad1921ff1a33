import type { CookieOptions } from '@nuages/http'
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
  /** Origins that are trusted as they are written, in lower case. */
  readonly exactOrigins: ReadonlySet<string>
  /** Of those with `*`, the scheme and the domain: `['https', '.example.com']`. */
  readonly wildcardOrigins: readonly (readonly [scheme: string, domain: string])[]
  /** The hosts of all, a domain with a dot in front: whom a Referer may name. */
  readonly trustedHosts: readonly string[]
  readonly cookieDomain: string | undefined
  readonly failureView: Settings['csrfFailureView']
  readonly debug: boolean
}

export const csrfPolicy: () => CsrfPolicy = fromSettings((settings) => {
  const origins = settings.csrfTrustedOrigins.map((origin) => origin.toLowerCase())
  const parts = origins.map((origin) => origin.split('://') as [scheme: string, host: string])
  return {
    useSessions: settings.csrfUseSessions,
    cookieName: settings.csrfCookieName,
    cookie: cookieOptions(settings),
    cookieSecure: settings.csrfCookieSecure,
    headerName: settings.csrfHeaderName,
    exactOrigins: new Set(origins.filter((origin) => !origin.includes('*'))),
    wildcardOrigins: parts.filter(([, host]) => host.includes('*')).map(([scheme, host]) => [scheme, host.slice(1)]),
    trustedHosts: parts.map(([, host]) => host.replace(/^\*/, '')),
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
