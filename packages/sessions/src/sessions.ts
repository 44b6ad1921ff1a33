import { defineApp } from '@nuages/core'
import { checkSessionEngine } from './session-checks.ts'
import { checkSessionDeployment } from './session-deploy-checks.ts'
import { sessionMiddleware } from './session-middleware.ts'
import { sessionsSettings } from './sessions-settings.ts'

/** The app: put it into `installedApps` and migrate, and every request has a `session`. */
export const sessions = defineApp({
  name: 'sessions',
  dir: import.meta.dirname,
  settings: sessionsSettings,
  models: () => import('./models.ts'),
  middleware: [sessionMiddleware],
  checks: [checkSessionEngine],
  deployChecks: [checkSessionDeployment],
  commands: () => import('./commands.ts'),
})
