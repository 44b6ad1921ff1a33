import { fromSettings, type Settings } from '@nuages/core'
import type { CookieOptions } from '@nuages/http'
import { z } from 'zod'
import { isLevelName, type LevelName, levelNumber, messageLevels } from './levels.ts'

const level = z.union([z.enum(Object.keys(messageLevels) as LevelName[]), z.int().nonnegative()], {
  error: 'is no level: it takes debug, info, success, warning, error or a whole number',
})

/** The section `messages` of the settings. */
export const messagesSettings = z.strictObject({
  /** Messages below this level are dropped. */
  level: level.default('info'),
  /** The tags of levels, by name or number, where they are not the names: `{ error: 'danger' }`. */
  tags: z
    .record(z.string().regex(/^(debug|info|success|warning|error|\d+)$/), z.string(), {
      error: 'takes tags by level: debug, info, success, warning, error or a whole number',
    })
    .default({}),
  /** Left out, `messages`, with `__Host-` before it where browsers take that. */
  cookieName: z
    .string()
    .regex(/^[\w-]+$/, { error: 'is no name of a cookie: it takes letters, digits, _ and -' })
    .optional(),
  /** The domain whose subdomains share the messages; left out, the host alone. */
  cookieDomain: z.string().min(1).optional(),
  cookiePath: z.string().startsWith('/').default('/'),
  /** Whether browsers send the cookie over HTTPS only; left out, where it was set over HTTPS. */
  cookieSecure: z.boolean().optional(),
  cookieSameSite: z.union([z.enum(['lax', 'strict', 'none']), z.literal(false)]).default('lax'),
})

export type MessagesSettings = z.output<typeof messagesSettings>

/** What the section says, worked out once. */
export interface MessagesPolicy {
  readonly minimum: number
  readonly tags: ReadonlyMap<number, string>
  readonly cookieName: string | undefined
  readonly cookie: CookieOptions
  readonly cookieSecure: boolean | undefined
}

export const messagesPolicy: () => MessagesPolicy = fromSettings((settings) => {
  const section = (settings as Settings & { readonly messages: MessagesSettings }).messages
  const named = Object.entries(messageLevels).map(([name, number]) => [number, name] as const)
  const given = Object.entries(section.tags).map(
    ([key, tag]) => [isLevelName(key) ? messageLevels[key] : Number(key), tag] as const,
  )
  return {
    minimum: levelNumber(section.level),
    tags: new Map([...named, ...given]),
    cookieName: section.cookieName,
    cookie: {
      path: section.cookiePath,
      httpOnly: true,
      ...(section.cookieDomain === undefined ? {} : { domain: section.cookieDomain }),
      ...(section.cookieSameSite === false ? {} : { sameSite: section.cookieSameSite }),
    },
    cookieSecure: section.cookieSecure,
  }
})
