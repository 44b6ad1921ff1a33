import { defineApp } from '@nuages/core'
import { checkMedia } from './media-checks.ts'
import { mediaMiddleware } from './media-middleware.ts'
import { checkStaticDirs } from './static-checks.ts'
import { checkManifest } from './static-deploy-checks.ts'
import { staticMiddleware } from './static-middleware.ts'
import { staticLibrary } from './static-url.ts'
import { staticfilesSettings } from './staticfiles-settings.ts'

/** The app: put it into `installedApps`, and `static/` of the project and of every app is found, linked to and served; uploaded files too while `debug` is on. */
export const staticfiles = defineApp({
  name: 'staticfiles',
  verboseName: 'Static files',
  dir: import.meta.dirname,
  settings: staticfilesSettings,
  middleware: [staticMiddleware, mediaMiddleware],
  templateLibrary: staticLibrary,
  checks: [checkStaticDirs, checkMedia],
  deployChecks: [checkManifest],
  commands: () => import('./commands.ts'),
})
