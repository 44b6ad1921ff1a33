import { type Settings, settings } from '@nuages/core'
import { SessionValueError } from './errors.ts'
import { sessionPolicy } from './sessions-settings.ts'

/** Where a session keeps an expiry of its own, as Django's does: seconds, or a moment as text. */
export const expiryKey = '_session_expiry'

/** What `setExpiry` takes: seconds, 0 for until the browser closes, a duration, a moment; `null` for what the settings say. */
export type Expiry = number | Temporal.Duration | Temporal.Instant | null

/** The last moment that every database and every cookie can write. */
const farthest = Temporal.Instant.from('9999-12-31T00:00:00Z')

/** An expiry as a session keeps it. A duration counts from now, not from the last request, so it becomes a moment. */
export function storedExpiry(expiry: Exclude<Expiry, null>): number | string {
  if (expiry instanceof Temporal.Instant) return expiry.toString()
  if (expiry instanceof Temporal.Duration) return later(Temporal.Now.instant(), expiry.total('seconds')).toString()
  if (Number.isSafeInteger(expiry)) return expiry
  throw new SessionValueError(
    `setExpiry() takes whole seconds, a Temporal.Duration, a Temporal.Instant or null; it got ${String(expiry)}.`,
  )
}

/** The seconds from now until a session with this expiry ends. */
export function expiryAge(stored: unknown): number {
  const moment = momentOf(stored)
  return moment === undefined ? secondsOf(stored) : Math.floor(moment.since(Temporal.Now.instant()).total('seconds'))
}

/** When a session with this expiry ends that was saved at `saved`: now, unless told otherwise. */
export function expiryDate(stored: unknown, saved: Temporal.Instant = Temporal.Now.instant()): Temporal.Instant {
  const moment = momentOf(stored) ?? later(saved, secondsOf(stored))
  return Temporal.Instant.compare(moment, farthest) > 0 ? farthest : moment
}

/** Whether a session with this expiry ends with the browser. */
export function endsWithBrowser(stored: unknown): boolean {
  return stored === undefined || stored === null ? sessionPolicy().expireAtBrowserClose : stored === 0
}

function secondsOf(stored: unknown): number {
  return typeof stored === 'number' && stored !== 0 ? stored : sessionPolicy().cookieAge
}

function later(from: Temporal.Instant, seconds: number): Temporal.Instant {
  const left = farthest.since(from).total('seconds')
  return from.add({ milliseconds: Math.round(Math.max(-left, Math.min(left, seconds)) * 1000) })
}

/**
 * The moment at which a session is to end; `undefined` where it lasts for a time. Django writes no offset where its `USE_TZ` is
 * off: the moment is one of the project's time zone then.
 */
export function momentOf(stored: unknown): Temporal.Instant | undefined {
  if (typeof stored !== 'string') return undefined
  try {
    return /(?:z|[+-]\d\d:?\d\d)$/i.test(stored)
      ? Temporal.Instant.from(stored)
      : Temporal.PlainDateTime.from(stored)
          .toZonedDateTime((settings as Settings).timeZone)
          .toInstant()
  } catch {
    return undefined
  }
}
