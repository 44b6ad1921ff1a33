import type { HttpRequest } from '@nuages/http'
import { withTimeZone } from '@nuages/i18n'
import type { Middleware } from '../middleware/middleware.ts'

/** The IANA name of a visitor's time zone, or nothing. */
type Choose = (request: HttpRequest) => string | undefined | null | Promise<string | undefined | null>

/**
 * Makes a middleware that shows dates in the time zone of the visitor, as `choose` tells it: by a cookie, or by what the user has set.
 * A name that is no time zone, which a cookie may hold, counts as nothing.
 *
 * ```ts
 * middleware: [...defaultMiddleware, timeZoneMiddleware((request) => request.cookies.get('timezone'))]
 * ```
 */
export function timeZoneMiddleware(choose: Choose): Middleware {
  return function timeZoneMiddleware(request, next) {
    const chosen = choose(request)
    if (!(chosen instanceof Promise))
      return isTimeZone(chosen) ? withTimeZone(chosen, () => next(request)) : next(request)
    return chosen.then((late) => (isTimeZone(late) ? withTimeZone(late, () => next(request)) : next(request)))
  }
}

const known = new Map<string, boolean>()

/** Names come from cookies: only those of the right form are looked up, and not many are kept. */
function isTimeZone(name: string | undefined | null): name is string {
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(name)) return false
  let answer = known.get(name)
  if (answer === undefined) {
    answer = isKnown(name)
    if (known.size > 1000) known.clear()
    known.set(name, answer)
  }
  return answer
}

function isKnown(timeZone: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(timeZone)
    return true
  } catch {
    return false
  }
}
