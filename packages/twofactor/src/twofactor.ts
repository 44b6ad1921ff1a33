import { registerLoginStep } from '@nuages/auth'
import { defineApp } from '@nuages/core'
import { secondFactorStep } from './login/second-factor-step.ts'
import { twofactorChecks } from './twofactor-checks.ts'
import { twofactorSettings } from './twofactor-settings.ts'

/**
 * The app: `installedApps: [contenttypes, sessions, auth, twofactor, …]`, and `twofactorUrls` in the URLconf. Who turns the
 * second factor on gives a code of their app after the password.
 */
export const twofactor = defineApp({
  name: 'twofactor',
  verboseName: 'Second factor',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  admin: () => import('./admin.ts'),
  settings: twofactorSettings,
  checks: [twofactorChecks],
  commands: () => import('./commands.ts'),
  ready() {
    registerLoginStep(secondFactorStep)
  },
})
