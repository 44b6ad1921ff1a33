import { CommandError } from '@nuages/core'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'

/**
 * The user whom a command names, by what they log in with; `database` is an alias, the default one when left out. Throws
 * `CommandError` where there is none.
 */
export async function userOfCommand(username: string, database?: string): Promise<CurrentUser> {
  const Model = getUserModel()
  const users = database === undefined ? Model.objects : Model.objects.using(database)
  const user = await users.filter({ [Model.usernameField]: Model.normalizeUsername(username) } as never).first()
  if (user === null) throw new CommandError(`There is no user ${username}.`)
  return user
}
