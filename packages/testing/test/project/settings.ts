import { defineSettings } from '@nuages/core'
import { library } from './app.ts'

export default defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  allowedHosts: ['.example.com', 'localhost'],
  installedApps: [library],
  urlconf: () => import('./urls.ts'),
  databases: { default: 'sqlite:never-opened.sqlite3', archive: 'sqlite:never-opened-either.sqlite3' },
  logging: { level: 'silent' },
})
