import { defineSettings, type Settings } from '@nuages/core'
import { diary } from './diary/app.ts'

/** A diary: the project that the tests of archives, filters and editing ask. Its databases are those of `testDatabase`. */
export function journalSettings(
  urlconf: Settings['urlconf'],
  { timeZone = 'UTC', templates = 'pages' } = {},
): Settings {
  return defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh-0123456789-abcdefgh',
    allowedHosts: ['testserver'],
    installedApps: [diary],
    urlconf,
    timeZone,
    databases: { default: 'sqlite:never-opened.sqlite3' },
    templates: { dirs: [templates] },
    logging: { level: 'silent' },
  })
}
