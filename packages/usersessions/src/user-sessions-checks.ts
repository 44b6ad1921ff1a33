import { authenticationMiddleware } from '@nuages/auth'
import { activeMiddleware, apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { sessionMiddleware } from '@nuages/sessions'
import { userSessionsMiddleware } from './user-sessions-middleware.ts'

/** What the app needs before it. */
export function checkNeededApps(): readonly CheckMessage[] {
  const all = activeMiddleware()
  const own = all.indexOf(userSessionsMiddleware)
  const needed = { sessions: sessionMiddleware, auth: authenticationMiddleware }
  return Object.entries(needed)
    .filter(([name, middleware]) => !apps.has(name) || all.indexOf(middleware) > own)
    .map(([name]) => ({
      level: 'error' as const,
      id: 'usersessions.E001',
      message: apps.has(name)
        ? `installedApps names usersessions before ${name}: nobody looks whether a session was ended.`
        : `The app usersessions needs the app ${name}.`,
      hint: `Name ${name} before usersessions in installedApps.`,
      object: 'usersessions',
    }))
}
