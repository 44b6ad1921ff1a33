import { CommandError, defineCommand } from '@nuages/core'
import { askNewPassword } from './ask.ts'
import { userOfCommand } from './user-of-command.ts'

/** Gives a user another password. Django's `changepassword`. */
export const changepassword = defineCommand({
  name: 'changepassword',
  help: "Gives a user another password, which it asks for; in a pipe, the standard input's first line.",
  arguments: { username: { help: 'whose: what they log in with' } },
  options: { database: { type: 'string', help: 'the database, by its alias' } },
  async run({ args, options, stdout }) {
    const user = await userOfCommand(args.username, options.database)
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
