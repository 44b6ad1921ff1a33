import type { CurrentUser } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'
import { sessionOf } from '@nuages/sessions'

declare module '@nuages/sessions' {
  interface SessionData {
    /** The key of the user who gave their second factor in this session, as text. */
    _twofactor_user: string
    /** A secret that is being set up, encrypted. */
    _twofactor_setup: string
  }
}

const markKey = '_twofactor_user'

/** Notes that the user gave their second factor in this session. */
export async function markSession(request: HttpRequest, user: CurrentUser): Promise<void> {
  await sessionOf(request).set(markKey, String(user.pk))
}

/** Whether they did. */
export async function isMarked(request: HttpRequest, user: CurrentUser): Promise<boolean> {
  const marked: unknown = await sessionOf(request).get(markKey)
  return marked === String(user.pk)
}

/** Forgets it: from then on the session counts as one without a second factor. */
export async function unmarkSession(request: HttpRequest): Promise<void> {
  await sessionOf(request).delete(markKey)
}
