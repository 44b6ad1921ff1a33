import { fromSettings, type Settings } from '@nuages/core'
import { isRate } from '@nuages/ratelimit'
import { z } from 'zod'

/** The section `twofactor` of the settings. */
export const twofactorSettings = z.strictObject({
  /** What authenticator apps call the site; left out, the host that was asked for. */
  issuer: z
    .string()
    .min(1)
    .refine((name) => !name.includes(':'), { error: 'has a colon, which apps take for the end of it' })
    .optional(),
  /** How often a user's codes may be guessed. */
  throttle: z
    .string()
    .refine(isRate, { error: "is no rate: write how many in which time, '5/5m' (s, m, h, d)" })
    .default('5/5m'),
})

/** The section `twofactor` of the settings, with its defaults. */
export type TwofactorSettings = z.output<typeof twofactorSettings>

const defaults = twofactorSettings.parse({})

/** The section of the project that is running. */
export const twofactorPolicy: () => TwofactorSettings = fromSettings(
  (settings) => (settings as Settings & { readonly twofactor?: TwofactorSettings }).twofactor ?? defaults,
)
