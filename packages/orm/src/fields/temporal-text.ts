/** The years that columns hold: those whose text has four digits and sorts, which are also those of SQL and of Python. */
export const firstYear = 1
export const lastYear = 9999

const hasOffset = /(?:Z|:\d\d(?:\.\d+)?[+-]\d\d(?::?\d\d)?)$/i

/** `2026-07-01 12:30:00` or `2026-07-01 12:30:00.000250`: UTC, with microseconds where there are any, as Django writes it. */
export function instantToSql(instant: Temporal.Instant): string {
  const iso = instant.toString()
  if (iso.length === 20) return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
  const [whole, fraction = ''] = iso.slice(0, -1).split('.') as [string, string?]
  const micros = fraction.slice(0, 6).padEnd(6, '0')
  const seconds = whole.replace('T', ' ')
  return micros === '000000' ? seconds : `${seconds}.${micros}`
}

/** Reads what `instantToSql` writes, and what other programs write: a `T`, an offset, fewer digits. */
export function instantFromSql(text: string): Temporal.Instant {
  // The usual form is told by its length: a regular expression would cost a tenth of reading the value.
  const isOwn = text.length === 19 || (text.length === 26 && isDigit(text, 21) && isDigit(text, 25))
  return Temporal.Instant.from(isOwn || !hasOffset.test(text) ? `${text}Z` : text)
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** `12:30:00` or `12:30:00.000250`. */
export function timeToSql(time: Temporal.PlainTime): string {
  const hasFraction = time.millisecond !== 0 || time.microsecond !== 0
  return time.toString({ fractionalSecondDigits: hasFraction ? 6 : 0, roundingMode: 'trunc' })
}

/** Throws a RangeError for a duration of years or months. Nanoseconds are dropped. */
export function microseconds(duration: Temporal.Duration): bigint {
  const whole = duration.round({ largestUnit: 'microseconds', smallestUnit: 'microseconds', roundingMode: 'trunc' })
  return BigInt(whole.microseconds)
}

export function durationFromMicroseconds(raw: number | bigint): Temporal.Duration {
  const micros = BigInt(raw)
  return Temporal.Duration.from({
    seconds: Number(micros / 1_000_000n),
    microseconds: Number(micros % 1_000_000n),
  }).round({ largestUnit: 'day' })
}
