import { defineApp } from '@nuages/core'
import { checkNeededApps } from './tokens-checks.ts'
import { checkTokensDeployment } from './tokens-deploy-checks.ts'
import { tokensMiddleware } from './tokens-middleware.ts'
import { tokensSettings } from './tokens-settings.ts'

/** The app: put it into `installedApps`, after `auth`, migrate, and guard views with `tokenRequired`. */
export const tokens = defineApp({
  name: 'tokens',
  verboseName: 'Access tokens',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  admin: () => import('./admin.ts'),
  commands: () => import('./commands.ts'),
  settings: tokensSettings,
  middleware: [tokensMiddleware],
  checks: [checkNeededApps],
  deployChecks: [checkTokensDeployment],
})
