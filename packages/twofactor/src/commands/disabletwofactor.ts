import { userOfCommand } from '@nuages/auth'
import { defineCommand } from '@nuages/core'
import { turnOff } from '../device/second-factor.ts'

/** Turns a user's second factor off: for who lost their phone and their recovery codes. */
export const disabletwofactor = defineCommand({
  name: 'disabletwofactor',
  help: "Turns a user's second factor off, for who lost their phone and their recovery codes. Make sure that it is them.",
  arguments: { username: { help: 'whose: what they log in with' } },
  async run({ args, stdout }) {
    const user = await userOfCommand(args.username)
    const wasOn = await turnOff(user)
    stdout.write(
      wasOn
        ? `The second factor of ${user.getUsername()} is off: the password alone logs them in.\n`
        : `${user.getUsername()} has no second factor; nothing was changed.\n`,
    )
  },
})
