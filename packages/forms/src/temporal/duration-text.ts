const day = 86_400_000_000n
const djangoForm =
  /^(?:(?<days>[+-]?\d+)(?: days?,? ?| |$))?(?<clock>(?<sign>-?)(?:(?:(?<hours>\d+):)?(?<minutes>\d+):)?(?<seconds>\d+)(?:[.,](?<micros>\d{1,6}))?)?$/

/** More than anybody writes, and few enough digits to be read at once. */
const longest = 400

/** A length of time in microseconds, from `3 04:05:06.5`, `04:05:06`, `05:06`, seconds alone, or ISO 8601 (`P3DT4H`). */
export function parseDuration(text: string): bigint | undefined {
  if (text.length > longest) return undefined
  if (/^[+-]?P/i.test(text)) return microsecondsOf(Temporal.Duration.from(text.replace(',', '.')))
  const plain = /^\d+$/.test(text) ? `0 ${text}` : text
  const parts = djangoForm.exec(plain)?.groups
  if (!parts || (parts['days'] === undefined && parts['clock'] === undefined)) return undefined
  const seconds =
    BigInt(parts['hours'] ?? 0) * 3600n + BigInt(parts['minutes'] ?? 0) * 60n + BigInt(parts['seconds'] ?? 0)
  const clock = seconds * 1_000_000n + BigInt((parts['micros'] ?? '').padEnd(6, '0'))
  return BigInt(parts['days']?.replace('+', '') ?? 0) * day + (parts['sign'] === '-' ? -clock : clock)
}

/** Throws a RangeError for years and months, which have no fixed length. */
export function microsecondsOf(duration: Temporal.Duration): bigint {
  const whole = duration.round({ largestUnit: 'microseconds', smallestUnit: 'microseconds', roundingMode: 'trunc' })
  return BigInt(whole.microseconds)
}

export function durationOf(microseconds: bigint): Temporal.Duration {
  return Temporal.Duration.from({
    seconds: Number(microseconds / 1_000_000n),
    microseconds: Number(microseconds % 1_000_000n),
  }).round({ largestUnit: 'day' })
}

/** `3 04:05:06.500000`, as Django writes it: what is below zero counts forward from a day below zero. */
export function durationText(microseconds: bigint): string {
  const rest = ((microseconds % day) + day) % day
  const days = (microseconds - rest) / day
  const seconds = rest / 1_000_000n
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => String(part).padStart(2, '0'))
  const micros = rest % 1_000_000n
  return `${days === 0n ? '' : `${days} `}${clock.join(':')}${micros === 0n ? '' : `.${String(micros).padStart(6, '0')}`}`
}
