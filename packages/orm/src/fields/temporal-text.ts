/** The years that columns hold: those whose text has four digits and sorts, which are also those of SQL and of Python. */
export const firstYear = 1
export const lastYear = 9999

const hasOffset = /(?:Z|:\d\d(?:\.\d+)?[+-]\d\d(?::?\d\d)?)$/i

/** `2026-07-01 12:30:00` or `2026-07-01 12:30:00.000250`: UTC, with microseconds where there are any, as Django writes it. */
export function instantToSql(instant: Temporal.Instant): string {
  return digitsOfInstant(instant) ?? textOfInstant(instant)
}

const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))
const millisOfDay = 86_400_000
const quickFrom = Date.UTC(1000, 0)
const quickUntil = Date.UTC(10_000, 0)

/** In a third of the time; `undefined` for years of other than four digits. */
function digitsOfInstant(instant: Temporal.Instant): string | undefined {
  const { epochMilliseconds } = instant
  if (epochMilliseconds < quickFrom || epochMilliseconds >= quickUntil) return undefined
  const day = Math.floor(epochMilliseconds / millisOfDay)
  const millis = epochMilliseconds - day * millisOfDay
  const seconds = Math.floor(millis / 1000)
  const minutes = Math.floor(seconds / 60)
  const time = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`
  const belowMillis = Number(instant.epochNanoseconds % 1_000_000n)
  const belowMicros = Math.floor((belowMillis < 0 ? belowMillis + 1_000_000 : belowMillis) / 1000)
  const micros = (millis % 1000) * 1000 + belowMicros
  return micros === 0 ? `${textOfDay(day)} ${time}` : `${textOfDay(day)} ${time}.${String(micros).padStart(6, '0')}`
}

/** Rows that are written together are often of one day. */
let lastDay = 0
let lastDayText = '1970-01-01'

function textOfDay(day: number): string {
  if (day !== lastDay) {
    lastDay = day
    lastDayText = new Date(day * millisOfDay).toISOString().slice(0, 10)
  }
  return lastDayText
}

function textOfInstant(instant: Temporal.Instant): string {
  const iso = instant.toString()
  if (iso.length === 20) return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
  const [whole, fraction = ''] = iso.slice(0, -1).split('.') as [string, string?]
  const micros = fraction.slice(0, 6).padEnd(6, '0')
  const seconds = whole.replace('T', ' ')
  return micros === '000000' ? seconds : `${seconds}.${micros}`
}

/** Reads what `instantToSql` writes, and what other programs write: a `T`, an offset, fewer digits. */
export function instantFromSql(text: string): Temporal.Instant {
  return instantOfDigits(text) ?? Temporal.Instant.from(hasOffset.test(text) ? text : `${text}Z`)
}

/**
 * The usual form, in half the time; `undefined` for others, and for what needs a calendar to be refused. Where there are digits is
 * told by the length: a regular expression would cost as much as it saves.
 */
function instantOfDigits(text: string): Temporal.Instant | undefined {
  if (text.length !== 19 && (text[19] !== '.' || text.length > 26)) return undefined
  const century = number(text, 0, 2)
  const day = number(text, 8, 10)
  // Date.UTC takes the years before 100 for those of the last century.
  if (!(century >= 1 && day >= 1 && day <= 28)) return undefined
  const month = number(text, 5, 7)
  const hour = number(text, 11, 13)
  const minute = number(text, 14, 16)
  const second = number(text, 17, 19)
  if (!(month >= 1 && month <= 12 && hour < 24 && minute < 60 && second < 60)) return undefined
  const millis = Date.UTC(century * 100 + number(text, 2, 4), month - 1, day, hour, minute, second)
  const micros = text.length === 19 ? 0 : number(text, 20, text.length) * 10 ** (26 - text.length)
  if (Number.isNaN(millis + micros)) return undefined
  if (micros % 1000 === 0) return Temporal.Instant.fromEpochMilliseconds(millis + micros / 1000)
  return new Temporal.Instant(BigInt(millis) * 1_000_000n + BigInt(micros) * 1000n)
}

/** The number that a part of a text is; NaN where there is anything but digits. */
function number(text: string, start: number, end: number): number {
  let value = start < end ? 0 : Number.NaN
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN
  }
  return value
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
