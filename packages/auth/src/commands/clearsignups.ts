import { defineCommand } from '@nuages/core'
import { authSettings } from '../auth-settings.ts'
import { unverifiedMark, unverifiedSince } from '../signup/unverified-account.ts'
import { getUserModel } from '../users/get-user-model.ts'

/** Deletes accounts whose address was not confirmed in time: to be run every night. */
export const clearsignups = defineCommand({
  name: 'clearsignups',
  help: 'Deletes accounts whose address nobody confirmed while the link in the mail was good.',
  options: { database: { type: 'string', help: 'the database, by its alias' } },
  async run({ options, stdout }) {
    const Model = getUserModel()
    const users = options.database === undefined ? Model.objects : Model.objects.using(options.database)
    const latest = Math.floor(Date.now() / 1000) - authSettings().passwordResetTimeout
    let deleted = 0
    for (const user of await users.filter({ password__startswith: unverifiedMark } as never)) {
      const since = unverifiedSince(user)
      if (since === undefined || since > latest) continue
      // Who confirms the address at this very moment has another password, and stays.
      const gone = users.filter({ pk: user.pk, password: user.password } as never)
      if (!(await gone.exists())) continue
      await gone.delete()
      deleted += 1
    }
    stdout.write(`${deleted} ${deleted === 1 ? 'account is' : 'accounts are'} gone.\n`)
  },
})
