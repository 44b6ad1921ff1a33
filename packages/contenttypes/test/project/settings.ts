import { defineSettings } from '@nuages/core'
import { contenttypes } from '../../src/index.ts'
import { library } from './app.ts'

export default defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  installedApps: [contenttypes, library],
  databases: { default: 'sqlite:never-opened.sqlite3', other: 'sqlite:never-opened-either.sqlite3' },
  logging: { level: 'silent' },
})
