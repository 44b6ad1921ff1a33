import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'

/**
 * Ends all sessions of a user without another password: stores `hash`, which `makePassword` made of the same one, or of `null`
 * where they have none. `updateSessionAuthHash(request, user)` keeps the session of the request. `false`, and nothing is
 * stored, where the password was changed since the user was read. Links that were mailed before are worth nothing any more.
 *
 * ```ts
 * if (await renewSessionAuthHash(user, await makePassword(password))) await updateSessionAuthHash(request, user)
 * ```
 */
export async function renewSessionAuthHash(user: CurrentUser, hash: string): Promise<boolean> {
  const { pk, password } = user
  const changed = await getUserModel()
    .objects.filter({ pk, password } as never)
    .update({ password: hash } as never)
  if (changed === 1) user.password = hash
  return changed === 1
}
