import { userOfCommand } from '@nuages/auth'
import { CommandError, defineCommand } from '@nuages/core'
import { AccessToken } from '../access-token.ts'
import { digestOf } from '../token-text.ts'

/** Revokes a token by its number or by itself, as somebody may have found it; or all of a user. */
export const revoketoken = defineCommand({
  name: 'revoketoken',
  help: 'Revokes an access token, or all those of a user.',
  arguments: { token: { required: false, help: 'its number (see listtokens), or the token itself' } },
  options: { user: { type: 'string', help: 'all those of this user: what they log in with' } },
  async run({ args, options, stdout }) {
    if ((args.token === undefined) === (options.user === undefined)) {
      throw new CommandError('revoketoken takes either a token or --user.')
    }
    const tokens = options.user === undefined ? await named(args.token!) : await ofUser(options.user)
    for (const token of tokens) await token.revoke()
    stdout.write(`Revoked ${tokens.length === 1 ? `the token '${tokens[0]!.name}'` : `${tokens.length} tokens`}.\n`)
  },
})

async function named(text: string): Promise<readonly AccessToken[]> {
  const isNumber = /^\d{1,15}$/.test(text)
  const { objects } = AccessToken
  const tokens = await (isNumber ? objects.filter({ id: Number(text) }) : objects.filter({ digest: digestOf(text) }))
  // What was typed may be a token: it is not repeated.
  if (tokens.length === 0) throw new CommandError(isNumber ? `There is no token ${text}.` : 'There is no such token.')
  return tokens
}

async function ofUser(username: string): Promise<readonly AccessToken[]> {
  const user = await userOfCommand(username)
  return AccessToken.objects.filter({ userId: user.pk, revoked: null } as never)
}
