import type { UserLogged } from '@nuages/auth'
import { sessionOf } from '@nuages/sessions'
import { recordSession } from './record-session.ts'
import { markKey, newMark, sha256 } from './session-mark.ts'
import { UserSession } from './user-session.ts'

/** Writes a log-in down: a receiver of `userLoggedIn`. */
export async function recordLogin({ request, user }: UserLogged): Promise<void> {
  const session = sessionOf(request)
  await forgetSession({ request })
  const mark = newMark()
  await session.set(markKey, mark)
  await recordSession(request, session, user, mark)
}

/** Takes the row of a session away: a receiver of `userLoggedOut`. */
export async function forgetSession({ request }: Pick<UserLogged, 'request'>): Promise<void> {
  const mark: unknown = await sessionOf(request).get(markKey)
  if (typeof mark === 'string') await UserSession.objects.filter({ sessionHash: sha256(mark) }).delete()
}
