const microsOfSecond = 1_000_000n
const microsOfDay = 86_400n * microsOfSecond

/** A duration as Django writes it: `1 02:03:04.000005`, `-1 23:59:59`. */
export function durationText(duration: Temporal.Duration): string {
  const total = BigInt(duration.round({ largestUnit: 'microseconds', smallestUnit: 'microseconds' }).microseconds)
  // Days are the whole ones below, so that what follows them is never negative.
  const days = total < 0n && total % microsOfDay !== 0n ? total / microsOfDay - 1n : total / microsOfDay
  const rest = total - days * microsOfDay
  const seconds = Number(rest / microsOfSecond)
  const micros = Number(rest % microsOfSecond)
  const two = (value: number): string => String(value).padStart(2, '0')
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${days === 0n ? '' : `${days} `}${clock}${micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`}`
}

const clockForm = /^(?:(-?\d+) (?:days?, )?)?(-?)(?:(\d+):)??(?:(\d+):)?(\d+)(?:[.,](\d{1,6})\d*)?$/

/** Reads what `durationText` writes, and ISO 8601. Throws `RangeError`. */
export function durationFromText(text: string): Temporal.Duration {
  const [all, days = '0', sign, hours = '0', minutes = '0', seconds = '0', fraction = ''] = clockForm.exec(text) ?? []
  if (all === undefined) return Temporal.Duration.from(text)
  const clock = (BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)) * microsOfSecond
  const micros = clock + BigInt(fraction.padEnd(6, '0'))
  const total = BigInt(days) * microsOfDay + (sign === '-' ? -micros : micros)
  return Temporal.Duration.from({
    seconds: Number(total / microsOfSecond),
    microseconds: Number(total % microsOfSecond),
  }).round({ largestUnit: 'day' })
}
