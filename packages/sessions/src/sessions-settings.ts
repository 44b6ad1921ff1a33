import { fromSettings, type Settings } from '@nuages/core'
import type { CookieOptions } from '@nuages/http'
import { z } from 'zod'

/** The section `sessions` of the settings. */
export const sessionsSettings = z.strictObject({
  cookieName: z
    .string()
    .regex(/^[\w-]+$/, { error: 'is no name of a cookie: it takes letters, digits, _ and -' })
    .default('sessionid'),
  /** Seconds that a session lasts: two weeks. */
  cookieAge: z.int().positive().default(1_209_600),
  /** The domain whose subdomains share the session; left out, the host alone. */
  cookieDomain: z.string().min(1).optional(),
  cookiePath: z.string().startsWith('/').default('/'),
  /** Whether browsers send the cookie over HTTPS only; left out, where it was set over HTTPS. */
  cookieSecure: z.boolean().optional(),
  /** Hides the cookie from scripts. */
  cookieHttpOnly: z.boolean().default(true),
  cookieSameSite: z.union([z.enum(['lax', 'strict', 'none']), z.literal(false)]).default('lax'),
  /** Ends sessions when the browser closes. */
  expireAtBrowserClose: z.boolean().default(false),
  /** Saves sessions, and lets them last anew, with every request and not only when they changed. */
  saveEveryRequest: z.boolean().default(false),
})

export type SessionsSettings = z.output<typeof sessionsSettings>

/** The section of the project that is running. */
export const sessionPolicy: () => SessionsSettings = fromSettings(
  (settings) => (settings as Settings & { readonly sessions: SessionsSettings }).sessions,
)

/** The attributes of the session's cookie, without how long it lasts. */
export function cookieOptions(isSecure: boolean): CookieOptions {
  const { cookieDomain, cookiePath, cookieSecure, cookieHttpOnly, cookieSameSite } = sessionPolicy()
  return {
    path: cookiePath,
    secure: cookieSecure ?? isSecure,
    httpOnly: cookieHttpOnly,
    ...(cookieDomain === undefined ? {} : { domain: cookieDomain }),
    ...(cookieSameSite === false ? {} : { sameSite: cookieSameSite }),
  }
}
