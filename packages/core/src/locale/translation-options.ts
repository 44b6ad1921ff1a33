import { join } from 'node:path'
import type { TranslationOptions } from '@nuages/i18n'
import type { Settings } from '../settings/settings.ts'

/** Where a project's translations are: its own folders, then the `locale/` of its apps, in their order. */
export function translationOptions({
  languageCode,
  languages,
  localeDirs,
  installedApps,
}: Settings): TranslationOptions {
  return {
    languageCode,
    languages: Object.keys(languages),
    localeDirs: [...localeDirs, ...installedApps.map((app) => join(app.dir, 'locale'))],
  }
}
