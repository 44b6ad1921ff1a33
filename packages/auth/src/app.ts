import { defineApp } from '@nuages/core'
import { postMigrate } from '@nuages/orm/migrations'
import { authContext } from './access/auth-context.ts'
import { authChecks } from './auth-checks.ts'
import { authDeployChecks } from './auth-deploy-checks.ts'
import { authSettingsSchema } from './auth-settings.ts'
import { authenticationMiddleware } from './login/authentication-middleware.ts'
import { userLoggedIn } from './login/login-signals.ts'
import { updateLastLogin } from './login/update-last-login.ts'
import { createPermissionsAfterMigrate } from './permissions/create-permissions.ts'

/** The app: `installedApps: [contenttypes, sessions, auth, …]`. Users, groups, permissions, logging in and out. */
export const auth = defineApp({
  name: 'auth',
  verboseName: 'Authentication and authorization',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  settings: authSettingsSchema,
  middleware: [authenticationMiddleware],
  contextProcessors: [authContext],
  checks: [authChecks],
  deployChecks: [authDeployChecks],
  commands: () => import('./commands.ts'),
  ready() {
    postMigrate.connect(createPermissionsAfterMigrate)
    userLoggedIn.connect(updateLastLogin)
  },
})
