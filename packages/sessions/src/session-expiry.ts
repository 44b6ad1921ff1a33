import { sessionPolicy } from './sessions-settings.ts'

/** Where a session keeps an expiry of its own, as Django's does: seconds, or a moment as text. */
export const expiryKey = '_session_expiry'

/** What `setExpiry` takes: seconds, 0 for until the browser closes, a duration, a moment; `null` for what the settings say. */
export type Expiry = number | Temporal.Duration | Temporal.Instant | null

/** An expiry as a session keeps it. A duration counts from now, not from the last request, so it becomes a moment. */
export function storedExpiry(expiry: Exclude<Expiry, null>): number | string {
  if (typeof expiry === 'number') return expiry
  if (expiry instanceof Temporal.Instant) return expiry.toString()
  return Temporal.Now.instant()
    .add(Temporal.Duration.from({ seconds: Math.round(expiry.total('seconds')) }))
    .toString()
}

/** The seconds from now until a session with this expiry ends. */
export function expiryAge(stored: unknown): number {
  if (typeof stored === 'number' && stored !== 0) return stored
  const moment = typeof stored === 'string' ? instantOf(stored) : undefined
  if (moment === undefined) return sessionPolicy().cookieAge
  return Math.floor(moment.since(Temporal.Now.instant()).total('seconds'))
}

/** Whether a session with this expiry ends with the browser. */
export function endsWithBrowser(stored: unknown): boolean {
  return stored === undefined ? sessionPolicy().expireAtBrowserClose : stored === 0
}

function instantOf(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}
