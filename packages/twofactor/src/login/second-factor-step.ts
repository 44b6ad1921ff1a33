import type { LoginStep } from '@nuages/auth'
import { reverseName } from '@nuages/urls'
import { hasSecondFactor } from '../device/second-factor.ts'

/** What stands between the password and being logged in, for those who turned it on. */
export const secondFactorStep: LoginStep = {
  app: 'twofactor',
  async pageFor(_request, user) {
    return (await hasSecondFactor(user)) ? reverseName('twofactor_challenge') : undefined
  },
}
