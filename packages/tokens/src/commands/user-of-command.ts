import { type CurrentUser, getUserModel } from '@nuages/auth'
import { CommandError } from '@nuages/core'

/** The user whom a command names, by what they log in with. Throws `CommandError` where there is none. */
export async function userOfCommand(username: string): Promise<CurrentUser> {
  const Model = getUserModel()
  const name = Model.normalizeUsername(username)
  const user = await Model.objects.filter({ [Model.usernameField]: name } as never).first()
  if (user === null) throw new CommandError(`There is no user ${username}.`)
  return user
}
