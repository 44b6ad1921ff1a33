import { activeMiddleware, apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { sessionMiddleware } from '@nuages/sessions'
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
  const all = activeMiddleware()
  if (all.indexOf(authenticationMiddleware) >= all.indexOf(sessionMiddleware)) return []
  const names = apps.all().map(({ name }) => name)
  const isByApps = names.indexOf('auth') < names.indexOf('sessions')
  const order = isByApps
    ? 'installedApps names auth before sessions'
    : 'authenticationMiddleware comes before sessionMiddleware'
  return [
    {
      level: 'warning',
      id: 'auth.W102',
      message: `${order}: what stands between them finds a user without a session.`,
      hint: isByApps
        ? 'Name sessions before auth.'
        : 'Put sessionMiddleware, of nuages/sessions, before it into middleware.',
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
