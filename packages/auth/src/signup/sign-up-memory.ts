import { constantTimeCompare, randomString, saltedHmac } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import { sessionOf } from '@nuages/sessions'
import type { CurrentUser } from '../users/get-user-model.ts'

declare module '@nuages/sessions' {
  interface SessionData {
    /** Who signed up in this session and has not confirmed their address yet. */
    _auth_signup: StoredSignUp
  }
}

interface StoredSignUp {
  /** The address, as it was typed. */
  readonly address: string
  /** A mark of the account and its password, which nobody else knows; of nothing where the address had an account. */
  readonly mark: string
  /** Where to go on to once they are in. */
  readonly next: string | null
}

const key = '_auth_signup'

/** A sign-up as its session remembers it. */
export interface RememberedSignUp extends StoredSignUp {
  /** Whether it was this session that made the account as it is now. */
  made(user: CurrentUser): boolean
}

/**
 * Remembers in the session who signed up, so that they need not type the password again when they come back by the link. It looks
 * the same where the address has an account already, which is `null` then.
 */
export async function rememberSignUp(
  request: HttpRequest,
  {
    address,
    user,
    next,
  }: { readonly address: string; readonly user: CurrentUser | null; readonly next: string | null },
): Promise<void> {
  const mark = markOf(user === null ? randomString(40) : idOf(user))
  await sessionOf(request).set(key, { address, mark, next })
}

/** The sign-up that the session of a request remembers. */
export async function rememberedSignUp(request: HttpRequest): Promise<RememberedSignUp | undefined> {
  const stored: unknown = await sessionOf(request).get(key)
  if (typeof stored !== 'object' || stored === null) return undefined
  const { address, mark, next } = stored as Partial<StoredSignUp>
  if (typeof address !== 'string' || typeof mark !== 'string') return undefined
  return {
    address,
    mark,
    next: typeof next === 'string' ? next : null,
    made: (user) => constantTimeCompare(mark, markOf(idOf(user))),
  }
}

export async function forgetSignUp(request: HttpRequest): Promise<void> {
  await sessionOf(request).delete(key)
}

/** Another password is another sign-up, even of the same address. */
function idOf(user: CurrentUser): string {
  return `${String(user.pk)}\0${user.password}`
}

function markOf(id: string): string {
  return saltedHmac('nuages.auth.signup', id).toString('hex')
}
