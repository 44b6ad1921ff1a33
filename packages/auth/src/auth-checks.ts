import { settings as activeSettings, apps, type Settings } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { authenticationBackends } from './backends/active-backends.ts'
import { authenticationMiddleware } from './login/authentication-middleware.ts'
import { checkUserModel } from './users/check-user-model.ts'

/** What the app needs around it, and what about the project's users cannot work. Ids are Django's where the finding is. */
export function authChecks(): readonly CheckMessage[] {
  return [...missingApps(), ...middlewareOrder(), ...checkUserModel(), ...backendNames()]
}

function missingApps(): CheckMessage[] {
  const reasons = {
    contenttypes: 'permissions are kept by model, which it does',
    sessions: 'it remembers who is logged in',
  }
  return Object.entries(reasons)
    .filter(([name]) => !apps.has(name))
    .map(([name, reason]) => ({
      level: 'error',
      id: 'auth.E101',
      message: `The app auth needs the app ${name}: ${reason}.`,
      hint: `Add ${name} (of nuages/${name}) to installedApps, before auth.`,
      object: 'auth',
    }))
}

/** `request.session` has to be there when `request.user` is read, whichever middleware does it first. */
function middlewareOrder(): CheckMessage[] {
  const names = apps.all().map(({ name }) => name)
  const isFirst = names.includes('sessions') && names.indexOf('auth') < names.indexOf('sessions')
  if (!isFirst || (activeSettings as Settings).middleware.includes(authenticationMiddleware)) return []
  return [
    {
      level: 'warning',
      id: 'auth.W102',
      message: 'installedApps names auth before sessions: what stands between them finds a user without a session.',
      hint: 'Name sessions before auth.',
      object: 'auth',
    },
  ]
}

/** A session names the backend, so two of one name would be taken for each other. */
function backendNames(): CheckMessage[] {
  const names = authenticationBackends().map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return []
  return [
    {
      level: 'error',
      id: 'auth.E103',
      message: `Two of auth.backends have the name '${twice}', so a session does not tell them apart.`,
      hint: 'Give a backend that extends another a name of its own: override readonly name.',
      object: 'auth',
    },
  ]
}
