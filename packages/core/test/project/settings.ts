import { defineSettings, type Settings, type SettingsInput } from '../../src/index.ts'
import { notes } from './notes/app.ts'

/** The test project, with some of its settings changed. */
export function projectSettings(changes: Partial<SettingsInput> = {}): Settings {
  return defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    allowedHosts: ['127.0.0.1', 'example.com', '.example.org'],
    installedApps: [notes],
    urlconf: () => import('./urls.ts'),
    templates: { dirs: ['templates'] },
    logging: { level: 'silent' },
    ...changes,
  })
}
