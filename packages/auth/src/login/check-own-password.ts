import { fromSettings, logger } from '@nuages/core'
import { TooManyRequests } from '@nuages/http'
import { RateLimiter } from '@nuages/ratelimit'
import { authSettings } from '../auth-settings.ts'
import { checkPassword } from '../hashing/passwords.ts'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'

/** One for all pages: whoever has taken over a session would else go on guessing on the next. */
const guesses = fromSettings((): RateLimiter | undefined => {
  const { throttle } = authSettings()
  const rate = throttle === false ? false : throttle.ownPassword
  return rate === false ? undefined : new RateLimiter({ scope: 'auth-own-password', rate })
})

/**
 * Whether a password is the one of who is logged in, for a page that asks for it once more. It takes the same time where they
 * have none. Throws `TooManyRequests` where passwords of this user were tried more often than `auth.throttle.ownPassword`
 * allows (ten in ten minutes), before anything is hashed; the right one ends the count.
 *
 * ```ts
 * if (!(await checkOwnPassword(user, fields.get('password') ?? ''))) return new HttpResponse('No.', { status: 403 })
 * ```
 */
export async function checkOwnPassword(user: CurrentUser, password: string): Promise<boolean> {
  const key = String(user.pk)
  const { allowed, retryAfter } = (await guesses()?.hit(key)) ?? { allowed: true, retryAfter: undefined }
  if (!allowed) {
    logger.warn({ user: user.pk, retryAfter }, 'The own password of a user was guessed too often; nothing was checked.')
    throw new TooManyRequests('Too many passwords were tried.', { retryAfter })
  }
  // Not the user's method, which may store a better hash, and so end the session.
  const isRight = (await checkPassword(password, user.password)) && (await hasStill(user))
  if (isRight) await guesses()?.reset(key)
  return isRight
}

/** Whether the password is the one that the user had when they were read: whoever changed it since has shut others out. */
function hasStill({ pk, password }: CurrentUser): Promise<boolean> {
  return getUserModel()
    .objects.filter({ pk, password } as never)
    .exists()
}
