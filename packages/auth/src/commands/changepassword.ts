import { CommandError, defineCommand } from '@nuages/core'
import { getUserModel } from '../users/get-user-model.ts'
import { askNewPassword } from './ask.ts'

/** Gives a user another password. Django's `changepassword`. */
export const changepassword = defineCommand({
  name: 'changepassword',
  help: "Gives a user another password, which it asks for; in a pipe, the standard input's first line.",
  arguments: { username: { help: 'whose: what they log in with' } },
  options: { database: { type: 'string', help: 'the database, by its alias' } },
  async run({ args, options, stdout }) {
    const Model = getUserModel()
    const users = options.database === undefined ? Model.objects : Model.objects.using(options.database)
    const user = await users.filter({ [Model.usernameField]: Model.normalizeUsername(args.username) } as never).first()
    if (user === null) throw new CommandError(`There is no user ${args.username}.`)
    const password = process.stdin.isTTY === true ? await askNewPassword(user) : await firstLine(process.stdin)
    if (password === '') throw new CommandError('A password is not empty.')
    await user.setPassword(password)
    await user.save()
    stdout.write(`${user.getUsername()} has another password. Their sessions have ended.\n`)
  },
})

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of input) text += String(chunk)
  return text.split(/\r?\n/, 1)[0] ?? ''
}
