import { fromSettings, type Settings } from '@nuages/core'
import { isRate } from '@nuages/ratelimit'
import { z } from 'zod'
import { defaultPrefix } from './token-text.ts'

/** The section `tokens` of the settings. */
export const tokensSettings = z.strictObject({
  /** What tokens begin with: the project's name, so that whoever finds one knows whose it is. */
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,19}$/, { error: 'takes up to 20 lower-case letters and digits, starting with a letter' })
    .default(defaultPrefix),
  /** Seconds that a token lasts unless it is said otherwise; `null` for ever. */
  lifetime: z
    .int()
    .positive()
    .nullable()
    .default(90 * 86_400),
  /** Whether a username and a password do as well (HTTP Basic). */
  basic: z.boolean().default(false),
  /** Names the protected area to clients. */
  realm: z
    .string()
    .regex(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/, { error: 'takes printable ASCII without " and \\' })
    .default('api'),
  /** Whether tokens and passwords are refused over plain HTTP; left out, unless `debug` is on. */
  requireHttps: z.boolean().optional(),
  /** How often a client may be wrong; `false` for ever. */
  failures: z
    .union([z.string().refine(isRate), z.literal(false)], { error: "takes a rate, such as '30/m', or false" })
    .default('30/m'),
})

/** The section `tokens` of the settings, with its defaults. */
export type TokensSettings = z.output<typeof tokensSettings>

/** What the section says, with what follows from the rest of the settings. */
export interface TokensPolicy extends TokensSettings {
  readonly requireHttps: boolean
}

/** The section of the project that is running; its defaults where the app is not installed. */
export const tokensPolicy: () => TokensPolicy = fromSettings((settings) => {
  const section = (settings as Settings & { readonly tokens?: TokensSettings }).tokens ?? tokensSettings.parse({})
  return { ...section, requireHttps: section.requireHttps ?? !settings.debug }
})
