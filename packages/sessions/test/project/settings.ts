import { defineSettings } from '@nuages/core'
import { sessions } from '../../src/index.ts'

type Sections = Parameters<typeof defineSettings>[0] & { readonly sessions?: object }

/** A project with sessions and the views in `urls.ts`, with some of its settings changed. */
export const projectSettings = (changes: Partial<Sections> = {}) =>
  defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    allowedHosts: ['localhost', '127.0.0.1'],
    installedApps: [sessions],
    urlconf: () => import('./urls.ts'),
    databases: { default: 'sqlite:unused.sqlite3' },
    templates: { dirs: ['templates'] },
    logging: { level: 'silent' },
    ...changes,
  })

export default projectSettings()
