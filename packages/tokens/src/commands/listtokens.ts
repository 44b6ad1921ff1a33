import { userOfCommand } from '@nuages/auth'
import { defineCommand } from '@nuages/core'
import { AccessToken } from '../access-token.ts'

/** Lists tokens, without the tokens. */
export const listtokens = defineCommand({
  name: 'listtokens',
  help: 'Lists access tokens: whose they are, what they may be used for, until when.',
  options: {
    user: { type: 'string', help: 'those of one user: what they log in with' },
    all: { type: 'boolean', help: 'those too that were revoked or have expired' },
  },
  async run({ options, stdout }) {
    const all = AccessToken.objects.selectRelated('user')
    const user = options.user === undefined ? undefined : await userOfCommand(options.user)
    const tokens = await (user === undefined ? all : all.filter({ userId: user.pk } as never))
    const listed = tokens.filter(({ ended }) => options.all || ended === undefined)
    if (listed.length === 0) stdout.write('There are no tokens.\n')
    for (const token of listed) {
      const parts = [
        token.user.getUsername(),
        token.name,
        token.scopes.join(' ') || 'no scopes',
        token.ended ?? (token.expires === null ? 'never expires' : `expires ${day(token.expires)}`),
        token.lastUsed === null ? 'never used' : `used ${day(token.lastUsed)}`,
      ]
      stdout.write(`${token.id}  ${parts.join(' | ')}\n`)
    }
  },
})

function day(moment: Temporal.Instant): string {
  return moment.toString().slice(0, 10)
}
