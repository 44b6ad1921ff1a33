import { defineApp } from '@nuages/core'
import { checkStaticDirs } from './static-checks.ts'
import { staticMiddleware } from './static-middleware.ts'
import { staticLibrary } from './static-url.ts'
import { staticfilesSettings } from './staticfiles-settings.ts'

/** The app: put it into `installedApps`, and `static/` of the project and of every app is found, linked to and served. */
export const staticfiles = defineApp({
  name: 'staticfiles',
  verboseName: 'Static files',
  dir: import.meta.dirname,
  settings: staticfilesSettings,
  middleware: [staticMiddleware],
  templateLibrary: staticLibrary,
  checks: [checkStaticDirs],
  commands: () => import('./commands.ts'),
})
