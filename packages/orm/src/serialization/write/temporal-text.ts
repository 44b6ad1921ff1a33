/** A point in time as Django's JSON has it, but with all of its microseconds: `2026-11-30T14:30:00.123Z`. */
export function instantText(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: digitsOf(Number(instant.epochNanoseconds % 1_000_000_000n)) })
}

/** A time of day: `14:30:00`, `14:30:00.000250`. */
export function timeText(time: Temporal.PlainTime): string {
  const nanos = (time.millisecond * 1000 + time.microsecond) * 1000
  return time.toString({ fractionalSecondDigits: digitsOf(nanos) })
}

/** None for whole seconds, three for whole milliseconds. */
function digitsOf(nanoseconds: number): 0 | 3 | 6 {
  const micros = Math.trunc(nanoseconds / 1000)
  return micros === 0 ? 0 : micros % 1000 === 0 ? 3 : 6
}
