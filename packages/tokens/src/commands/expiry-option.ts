import { CommandError, type Settings, settings } from '@nuages/core'

const units = { h: 'hours', d: 'days', w: 'weeks' } as const

/**
 * What `--expires` says: `90d`, `12h`, `8w`, a duration of ISO 8601, a day (its end, in the project's time zone), a moment, or
 * `never`.
 */
export function parseExpiry(text: string): Temporal.Duration | Temporal.Instant | null {
  if (text === 'never') return null
  const short = /^(\d{1,6})([hdw])$/.exec(text)
  if (short !== null) return Temporal.Duration.from({ [units[short[2] as keyof typeof units]]: Number(short[1]) })
  try {
    if (text.startsWith('P')) return Temporal.Duration.from(text)
    if (/^\d{4}-\d\d-\d\d$/.test(text)) {
      const { timeZone } = settings as Settings
      return Temporal.PlainDate.from(text).add({ days: 1 }).toZonedDateTime(timeZone).toInstant()
    }
    return Temporal.Instant.from(text)
  } catch {
    throw new CommandError(`--expires '${text}' is no time.`, {
      hint: 'It takes 90d, 12h, 8w, 2027-01-31, 2027-01-31T12:00Z, P1Y or never.',
    })
  }
}
