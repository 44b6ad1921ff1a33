import { apps, type Settings, settings } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import type { RatelimitSettings } from '@nuages/ratelimit'
import { authSettings } from './auth-settings.ts'
import { authenticationBackends } from './backends/active-backends.ts'
import { AllowAllUsersModelBackend } from './backends/allow-all-users-model-backend.ts'
import { AllowAllUsersRemoteUserBackend } from './backends/remote-user-backend.ts'
import { checkPreferredHasher } from './hasher-deploy-checks.ts'

/** What of the section `auth` a site in production should think of again. */
export function authDeployChecks(): readonly CheckMessage[] {
  return [
    ...checkThrottle(),
    ...checkRequests(),
    ...checkValidators(),
    ...checkSiteUrl(),
    ...checkPlainSiteUrl(),
    ...checkSignUp(),
    ...checkBackends(),
    ...checkPreferredHasher(),
  ]
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

/** What has no limit of its own is limited for all, or not at all. */
function checkRequests(): CheckMessage[] {
  const { ratelimit } = settings as Settings & { readonly ratelimit?: RatelimitSettings }
  if (apps.has('ratelimit') && ratelimit?.client !== undefined) return []
  const what = apps.has('ratelimit') ? 'ratelimit.client is not set' : 'the app ratelimit is not installed'
  return [
    {
      level: 'info',
      id: 'auth.I110',
      message: `${what}: beyond what has a limit of its own, such as ${authSettings().signup.open ? 'signing up and ' : ''}wrong passwords, one client may ask for as much as it likes.`,
      hint: "Add ratelimit (of nuages/ratelimit) to installedApps, and say how much: ratelimit: { client: '1200/m' }.",
      object: 'auth',
    },
  ]
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

/** Where links in mails lead has to be safe to go to: a link to another password is as good as the password. */
function checkPlainSiteUrl(): CheckMessage[] {
  const { siteUrl } = authSettings()
  if (!siteUrl?.toLowerCase().startsWith('http://')) return []
  return [
    {
      level: 'warning',
      id: 'auth.W114',
      message: `auth.siteUrl is '${siteUrl}': who is between a user and the site can read the links in mails, as to another password.`,
      hint: 'Let it begin with https://.',
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

/** Taking `isActive` from somebody is how an account is closed. */
function checkBackends(): CheckMessage[] {
  const open = authenticationBackends().find(
    (backend) => backend instanceof AllowAllUsersModelBackend || backend instanceof AllowAllUsersRemoteUserBackend,
  )
  if (open === undefined) return []
  return [
    {
      level: 'warning',
      id: 'auth.W115',
      message: `auth.backends holds ${open.constructor.name}: users whose account was closed (isActive off) get in.`,
      hint: 'Take the backend that asks for isActive: ModelBackend, RemoteUserBackend.',
      object: 'auth',
    },
  ]
}
