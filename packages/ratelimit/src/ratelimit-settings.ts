import { fromSettings, type Settings } from '@nuages/core'
import { z } from 'zod'
import { isRate } from './rate.ts'

const rate = z.string().refine(isRate, { error: "is no rate: write how many in which time, '100/m' (s, m, h, d)" })

/** The section `ratelimit` of the settings. */
export const ratelimitSettings = z.strictObject({
  /** How often one client may ask for anything at all; left out, as often as it likes. */
  client: rate.optional(),
  /** The cache that counts, by its alias. */
  cache: z.string().min(1).default('default'),
  /** What happens where that cache cannot be reached. */
  onFailure: z.enum(['allow', 'refuse']).default('allow'),
})

/** The section `ratelimit` of the settings, with its defaults. */
export type RatelimitSettings = z.output<typeof ratelimitSettings>

const defaults = ratelimitSettings.parse({})

/** The section of the project that is running; its defaults where the app is not installed. */
export const ratelimitPolicy: () => RatelimitSettings = fromSettings(ratelimitSection)

/** The section of a project. */
export function ratelimitSection(settings: Settings): RatelimitSettings {
  return (settings as Settings & { readonly ratelimit?: RatelimitSettings }).ratelimit ?? defaults
}
