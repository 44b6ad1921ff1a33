const instantPattern = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|\+00(?::?00)?)?$/

/** `2026-07-01 12:30:00` or `2026-07-01 12:30:00.000250`: UTC, with microseconds where there are any, as Django writes it. */
export function instantToSql(instant: Temporal.Instant): string {
  const iso = instant.toString()
  if (iso.length === 20) return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
  const [whole, fraction = ''] = iso.slice(0, -1).split('.') as [string, string?]
  const micros = fraction.slice(0, 6).padEnd(6, '0')
  const seconds = whole.replace('T', ' ')
  return micros === '000000' ? seconds : `${seconds}.${micros}`
}

const zero = 48
function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - zero) * 10 + text.charCodeAt(at + 1) - zero
}

/** Reads what `instantToSql` writes, and what other programs write: a `T`, a `Z`, fewer digits. */
export function instantFromSql(text: string): Temporal.Instant {
  if ((text.length === 19 || text.length === 26) && text.charCodeAt(10) === 32) {
    const year = digits(text, 0) * 100 + digits(text, 2)
    const ms = Date.UTC(
      year,
      digits(text, 5) - 1,
      digits(text, 8),
      digits(text, 11),
      digits(text, 14),
      digits(text, 17),
    )
    if (year > 99 && !Number.isNaN(ms)) {
      if (text.length === 19) return Temporal.Instant.fromEpochMilliseconds(ms)
      const micros = digits(text, 20) * 10_000 + digits(text, 22) * 100 + digits(text, 24)
      if (micros % 1000 === 0) return Temporal.Instant.fromEpochMilliseconds(ms + micros / 1000)
      return Temporal.Instant.fromEpochNanoseconds(BigInt(ms) * 1_000_000n + BigInt(micros) * 1000n)
    }
  }
  return Temporal.Instant.from(instantPattern.test(text) && !/[Z+]/.test(text.slice(19)) ? `${text}Z` : text)
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
