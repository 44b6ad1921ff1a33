import { fromSettings, type Settings } from '@nuages/core'
import { z } from 'zod'
import type { SessionEngine } from './engines/session-engine.ts'

const engineNames = ['database', 'cache', 'cachedDatabase', 'signedCookies', 'file'] as const
const engineWords = `takes ${engineNames.join(', ')}, or an engine of the project's own (SessionEngine)`

function isEngine(value: unknown): boolean {
  const methods = ['isKey', 'newKey', 'load', 'create', 'update', 'delete', 'deleteExpired']
  const own = (value ?? {}) as Readonly<Record<string, unknown>>
  return typeof value === 'object' && methods.every((method) => typeof own[method] === 'function')
}

/** The section `sessions` of the settings. */
export const sessionsSettings = z.strictObject({
  /** Where sessions are kept. */
  engine: z.union([z.enum(engineNames), z.custom<SessionEngine>(isEngine)], { error: engineWords }).default('database'),
  /** Which of `caches` the engines `cache` and `cachedDatabase` use. */
  cacheAlias: z.string().min(1).default('default'),
  /** The folder of the engine `file`, relative to `baseDir`. */
  filePath: z.string().min(1).default('var/sessions'),
  /** Left out, `sessionid`, with `__Host-` before it where browsers take that. */
  cookieName: z
    .string()
    .regex(/^[\w-]+$/, { error: 'is no name of a cookie: it takes letters, digits, _ and -' })
    .optional(),
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
  /** Gives embedded pages a session of their own for each site they are embedded in (CHIPS). */
  cookiePartitioned: z.boolean().default(false),
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
