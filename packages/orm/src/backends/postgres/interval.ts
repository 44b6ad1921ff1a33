/** What PostgreSQL shows of an interval, with its default style: `-1 days +02:03:04.5`, `1 year 2 mons 3 days`. */
const parts =
  /^(?:([+-]?\d+) years? ?)?(?:([+-]?\d+) mons? ?)?(?:([+-]?\d+) days? ?)?(?:([+-])?(\d+):(\d\d):(\d\d)(?:\.(\d+))?)?$/

const day = 86_400_000_000n

/**
 * An interval's text as microseconds, a `number` where it holds them exactly. Years and months, which the ORM writes none
 * of, count as PostgreSQL counts them when it compares intervals: 30 days a month.
 */
export function microsecondsOf(text: string): number | bigint {
  const found = parts.exec(text)
  if (!found) throw new RangeError(`'${text}' is no interval in the style 'postgres'. Leave IntervalStyle as it is.`)
  const [, years = '0', months = '0', days = '0', sign, hours = '0', minutes = '0', seconds = '0', fraction = ''] =
    found
  const clock =
    BigInt(hours) * 3_600_000_000n +
    BigInt(Number(minutes) * 60_000_000 + Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0')))
  const whole = (BigInt(years) * 360n + BigInt(months) * 30n + BigInt(days)) * day + (sign === '-' ? -clock : clock)
  return BigInt.asIntN(53, whole) === whole ? Number(whole) : whole
}

/** Microseconds, in decimals, as the seconds that PostgreSQL reads a bare number as. */
export function secondsOf(microseconds: number | bigint): string {
  const whole = BigInt(microseconds)
  const digits = (whole < 0n ? -whole : whole).toString().padStart(7, '0')
  return `${whole < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
}
