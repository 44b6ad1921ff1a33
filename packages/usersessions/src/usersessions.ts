import { userLoggedIn, userLoggedOut } from '@nuages/auth'
import { defineApp } from '@nuages/core'
import { expiredSessionsDeleted } from '@nuages/sessions'
import { deleteExpiredUserSessions } from './live-sessions.ts'
import { forgetSession, recordLogin } from './login-receivers.ts'
import { checkNeededApps } from './user-sessions-checks.ts'
import { checkEngine } from './user-sessions-deploy-checks.ts'
import { userSessionsMiddleware } from './user-sessions-middleware.ts'

/**
 * The app: put it into `installedApps`, after `auth`, and migrate. From then on users see where they are logged in, on the page
 * of `userSessionsUrls`, and can end it.
 */
export const usersessions = defineApp({
  name: 'usersessions',
  verboseName: 'Sessions of users',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  admin: () => import('./admin.ts'),
  middleware: [userSessionsMiddleware],
  checks: [checkNeededApps],
  deployChecks: [checkEngine],
  ready() {
    userLoggedIn.connect(recordLogin)
    userLoggedOut.connect(forgetSession)
    expiredSessionsDeleted.connect(deleteExpiredUserSessions)
  },
})
