import { defineApp } from '@nuages/core'
import { postMigrate } from '@nuages/orm/migrations'
import { authSettingsSchema } from './auth-settings.ts'
import { createPermissionsAfterMigrate } from './permissions/create-permissions.ts'

/** The app: `installedApps: [contenttypes, sessions, auth, …]`. Users, groups, permissions, logging in and out. */
export const auth = defineApp({
  name: 'auth',
  verboseName: 'Authentication and authorization',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  settings: authSettingsSchema,
  ready() {
    postMigrate.connect(createPermissionsAfterMigrate)
  },
})
