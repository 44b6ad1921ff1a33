import { AnonymousUser, type CurrentUser, RequestUser, type Visitor } from '@nuages/auth'
import type { Middleware } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import { type SessionStore, sessionOf } from '@nuages/sessions'
import { currentKey, factsOf, recordSession } from './record-session.ts'
import { openKey } from './sealed-key.ts'
import { markKey, markOfKey, sha256 } from './session-mark.ts'
import { UserSession } from './user-session.ts'

/** How old `lastSeen` may become, in milliseconds: a request more often writes nothing. */
const seenEvery = 60_000

/**
 * Lets a session that was ended be nobody's. It looks when somebody asks for the user, and only then: one query on top of those
 * that find the user. It stands after the middleware of auth.
 */
export const userSessionsMiddleware: Middleware = (request, next) => {
  const found = request.user as RequestUser | undefined
  if (found !== undefined) request.user = new RequestUser(async () => checked(request, await found))
  return next(request)
}

async function checked(request: HttpRequest, user: Visitor): Promise<Visitor> {
  if (!user.isAuthenticated || !(await isOfSession(request, user))) return user
  const session = sessionOf(request)
  const mark: unknown = await session.get(markKey)
  if (typeof mark !== 'string') return adopted(request, session, user)
  const row = await UserSession.objects.filter({ sessionHash: sha256(mark), user: user.pk } as never).first()
  if (row === null) return ended(session)
  await keepCurrent(row, request, session, user)
  return user
}

/** Whether it is the session that says who the user is, and not a token. */
async function isOfSession(request: HttpRequest, user: CurrentUser): Promise<boolean> {
  return (await sessionOf(request).get('_auth_user_id')) === String(user.pk)
}

/**
 * A session that was logged in before the app was installed, or by Django, gets a row now. Where sessions lie in cookies that
 * cannot be: a copy of one that was ended would come in by the same door.
 */
async function adopted(request: HttpRequest, session: SessionStore, user: CurrentUser): Promise<Visitor> {
  const key = currentKey(session)
  if (key === undefined) return ended(session)
  const mark = markOfKey(key)
  await recordSession(request, session, user, mark)
  await session.set(markKey, mark)
  return user
}

async function ended(session: SessionStore): Promise<AnonymousUser> {
  await session.flush()
  return new AnonymousUser()
}

async function keepCurrent(
  row: UserSession,
  request: HttpRequest,
  session: SessionStore,
  user: CurrentUser,
): Promise<void> {
  const isRecent = Temporal.Now.instant().epochMilliseconds - row.lastSeen.epochMilliseconds < seenEvery
  const isSame = openKey(row) === currentKey(session) && row.authHash === sha256(user.getSessionAuthHash())
  if (isRecent && isSame) return
  // Not save(): a row that was deleted meanwhile is not brought back.
  await UserSession.objects.filter({ id: row.id }).update(await factsOf(request, session, user, row.sessionHash))
}
