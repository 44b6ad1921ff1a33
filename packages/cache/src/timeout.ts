import { CacheValueError } from './errors.ts'

/** How long an entry is kept: seconds, a duration, or `null` for as long as there is room. 0 and less: not at all. */
export type Timeout = number | Temporal.Duration | null

/** Longer than anybody means it, and within what each back end can count. */
const forever = 100 * 365 * 86_400_000

/** A timeout in milliseconds, `null` for ever. Throws `CacheValueError` for what is no time. */
export function lifetimeOf(timeout: Timeout): number | null {
  if (timeout === null) return null
  const lifetime = typeof timeout === 'number' ? Math.ceil(timeout * 1000) : millisecondsIn(timeout)
  if (Number.isNaN(lifetime)) throw new CacheValueError(`A timeout is a number of seconds, not ${String(timeout)}.`)
  return lifetime > forever ? null : lifetime
}

function millisecondsIn(duration: Temporal.Duration): number {
  if (!(duration instanceof Temporal.Duration)) return Number.NaN
  // A month is as long as the one that begins now.
  return Math.ceil(duration.total({ unit: 'milliseconds', relativeTo: Temporal.Now.plainDateTimeISO('UTC') }))
}
