import { type App, defineApp } from '@nuages/core'
import { postMigrate } from '@nuages/orm/migrations'
import { createContentTypesAfterMigrate } from './create-content-types.ts'

/** The app: `installedApps: [contenttypes, auth, …]`. Its table, `django_content_type`, is filled by `migrate`. */
export const contenttypes: App<'contenttypes'> = defineApp({
  name: 'contenttypes',
  verboseName: 'Content types',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  ready() {
    postMigrate.connect(createContentTypesAfterMigrate)
  },
})
