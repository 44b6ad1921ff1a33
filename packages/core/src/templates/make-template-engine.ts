import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createNunjucksEngine, type Engine } from '@nuages/templates'
import type { App } from '../apps/define-app.ts'
import { csrfLibrary } from '../csrf/csrf-library.ts'
import type { Settings } from '../settings/settings.ts'
import { urlLibrary } from './url-library.ts'

/** The `templates/` folders of apps, in their order. */
export function appTemplateFolders(apps: readonly App[]): readonly string[] {
  return apps.map((app) => join(app.dir, 'templates')).filter((folder) => existsSync(folder))
}

/** The engine of a project: its folders before those of its apps, and the libraries of the apps. */
export function makeTemplateEngine(settings: Settings, apps: readonly App[]): Engine {
  return createNunjucksEngine({
    dirs: settings.templates.dirs,
    appDirs: appTemplateFolders(apps),
    debug: settings.debug,
    libraries: [urlLibrary, csrfLibrary, ...apps.flatMap((app) => app.templateLibrary ?? [])],
  })
}
