export function offsetSeconds(moment: Temporal.ZonedDateTime): number {
  return Math.trunc(moment.offsetNanoseconds / 1e9)
}

/** `'+0200'` */
export function offsetText(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60)
  const digits = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${seconds < 0 ? '-' : '+'}${digits.join('')}`
}

// Each knows the abbreviations of its own part of the world; what none knows is shown as `GMT+5:30`.
const locales = ['en-US', 'en-GB', 'en-AU', 'en-ZA', 'en-IN']
const formatters = new Map<string, Intl.DateTimeFormat>()

/** `'CEST'`, `'EST'`, `'UTC'` … for the zone at that moment. */
export function zoneAbbreviation(moment: Temporal.ZonedDateTime): string {
  const names = locales.map((locale) => nameIn(locale, moment))
  return names.find((name) => !name.startsWith('GMT') || name === 'GMT') ?? names[0]!
}

function nameIn(locale: string, moment: Temporal.ZonedDateTime): string {
  const key = `${locale} ${moment.timeZoneId}`
  let formatter = formatters.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { timeZone: moment.timeZoneId, timeZoneName: 'short' })
    formatters.set(key, formatter)
  }
  return formatter.formatToParts(moment.epochMilliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
