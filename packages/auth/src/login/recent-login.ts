import type { HttpRequest } from '@nuages/http'
import { sessionOf } from '@nuages/sessions'
import { loginTimeKey } from './session-keys.ts'

/** How old a log-in may be, in seconds, to stand for a password: the time in which one may be guessed ten times. */
const longest = 600

/** Whether this session was logged in during the last ten minutes, with all steps that were asked of its user. */
export async function hasRecentLogin(request: HttpRequest): Promise<boolean> {
  const at: unknown = await sessionOf(request).get(loginTimeKey)
  return typeof at === 'number' && Temporal.Now.instant().epochMilliseconds / 1000 - at <= longest
}
