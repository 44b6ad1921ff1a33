import { defineSettings, type Settings } from '@nuages/core'
import { library } from './library/app.ts'

/** A small library: the project that the tests of views ask. */
export function projectSettings(file: string): Settings {
  return defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh-0123456789-abcdefgh',
    allowedHosts: ['testserver'],
    installedApps: [library],
    urlconf: () => import('./urls.ts'),
    databases: { default: `sqlite:${file}` },
    templates: { dirs: ['templates'] },
    logging: { level: 'silent' },
  })
}
