import type { CurrentUser } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'
import { atomic, IntegrityError } from '@nuages/orm'
import { type SessionStore, sessionEngine } from '@nuages/sessions'
import { sealKey } from './sealed-key.ts'
import { sha256 } from './session-mark.ts'
import { UserSession } from './user-session.ts'

/** The columns that a request tells. */
export interface SessionFacts {
  readonly sealedKey: string
  readonly authHash: string
  readonly lastSeen: Temporal.Instant
  readonly expires: Temporal.Instant
  readonly address: string
  readonly userAgent: string
}

/** What to write down of a request in a session of `user`, in the row with that hash. */
export async function factsOf(
  request: HttpRequest,
  session: SessionStore,
  user: CurrentUser,
  sessionHash: string,
): Promise<SessionFacts> {
  return {
    sealedKey: sealedKeyOf(session, sessionHash),
    authHash: sha256(user.getSessionAuthHash()),
    lastSeen: Temporal.Now.instant().round('microsecond'),
    expires: (await session.getExpiryDate()).round('microsecond'),
    address: request.clientAddress.slice(0, 64),
    userAgent: printable(request.headers.get('User-Agent') ?? '').slice(0, 300),
  }
}

/** The key that the session has now; one that was flushed gets its own only when it is saved. */
export function currentKey(session: SessionStore): string | undefined {
  return sessionEngine().canDelete ? session.sessionKey : undefined
}

function sealedKeyOf(session: SessionStore, sessionHash: string): string {
  const key = currentKey(session)
  return key === undefined ? '' : sealKey(key, sessionHash)
}

/** A row for a session with that mark; nothing where another request has just made it. */
export async function recordSession(
  request: HttpRequest,
  session: SessionStore,
  user: CurrentUser,
  mark: string,
): Promise<void> {
  const sessionHash = sha256(mark)
  const facts = await factsOf(request, session, user, sessionHash)
  try {
    await atomic(async () => UserSession.objects.create({ user, sessionHash, created: facts.lastSeen, ...facts }))
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
  }
}

/** Databases take no NUL, and a page no control characters. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '')
}
