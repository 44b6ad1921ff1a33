import { type Settings, settings } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { authSettings } from './auth-settings.ts'

/** What of the section `auth` a site in production should think of again. */
export function authDeployChecks(): readonly CheckMessage[] {
  return [...checkThrottle(), ...checkValidators(), ...checkSiteUrl(), ...checkSignUp()]
}

function checkThrottle(): CheckMessage[] {
  const { throttle } = authSettings()
  const off = Object.entries(throttle === false ? { throttle } : throttle).filter(([, rate]) => rate === false)
  return off.map(([name]) => ({
    level: 'warning',
    id: 'auth.W110',
    message:
      name === 'throttle'
        ? 'auth.throttle is off: passwords may be guessed as often as one likes.'
        : `auth.throttle.${name} is off: that way passwords may be guessed as often as one likes.`,
    hint: 'Leave it out, or say how often: the rates are those of nuages/ratelimit, such as 10/10m.',
    object: 'auth',
  }))
}

function checkValidators(): CheckMessage[] {
  if (authSettings().passwordValidators?.length !== 0) return []
  return [
    {
      level: 'warning',
      id: 'auth.W111',
      message: 'auth.passwordValidators is empty: a new password may be a single letter.',
      hint: 'Leave it out for the rules that come along.',
      object: 'auth',
    },
  ]
}

/** Where links in mails lead has to be known: a host that anybody may name could be anybody's. */
function checkSiteUrl(): CheckMessage[] {
  if (authSettings().siteUrl !== undefined || !(settings as Settings).allowedHosts.includes('*')) return []
  return [
    {
      level: 'warning',
      id: 'auth.W112',
      message:
        'allowedHosts lets any host in and auth.siteUrl is not set: mails with links, as to another password, are refused.',
      hint: "Name the site: auth: { siteUrl: 'https://example.com' }.",
      object: 'auth',
    },
  ]
}

/** Whoever signs up with the address of another would have it, and what comes with it. */
function checkSignUp(): CheckMessage[] {
  const { open, verifyEmail } = authSettings().signup
  if (!open || verifyEmail) return []
  return [
    {
      level: 'warning',
      id: 'auth.W113',
      message: 'auth.signup.verifyEmail is off: anybody may sign up with an address that is not theirs.',
      hint: 'Leave it out: the account then waits for a link that is mailed to the address.',
      object: 'auth',
    },
  ]
}
