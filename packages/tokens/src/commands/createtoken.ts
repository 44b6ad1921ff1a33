import { userOfCommand } from '@nuages/auth'
import { CommandError, defineCommand } from '@nuages/core'
import { createToken } from '../create-token.ts'
import { InvalidToken } from '../errors.ts'
import { parseExpiry } from './expiry-option.ts'

/** Makes a token. It alone goes to the standard output, so that a script can take it. */
export const createtoken = defineCommand({
  name: 'createtoken',
  help: 'Makes an access token for a user and prints it, once.',
  arguments: {
    username: { help: 'whose: what they log in with' },
    name: { help: "what it is for: 'backup script'" },
  },
  options: {
    scope: { type: 'string', multiple: true, help: "what it may be used for, such as posts:write; '*' for everything" },
    expires: { type: 'string', help: '90d, 12h, 2027-01-31 or never; as the settings say when left out' },
  },
  async run({ args, options, stdout, stderr }) {
    const user = await userOfCommand(args.username)
    const expires = options.expires === undefined ? {} : { expires: parseExpiry(options.expires) }
    try {
      const { text, token } = await createToken(user, { name: args.name, scopes: options.scope ?? [], ...expires })
      const scopes = token.scopes.length === 0 ? 'no scopes' : token.scopes.join(', ')
      const until =
        token.expires === null ? 'never expires' : `expires ${token.expires.toString({ smallestUnit: 'second' })}`
      stderr.write(`Token ${token.id} of ${user.getUsername()} (${scopes}, ${until}). It is shown this once:\n`)
      stdout.write(`${text}\n`)
    } catch (error) {
      if (error instanceof InvalidToken) throw new CommandError(error.message, { cause: error })
      throw error
    }
  },
})
