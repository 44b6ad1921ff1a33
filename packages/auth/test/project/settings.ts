import { contenttypes } from '@nuages/contenttypes'
import { defineSettings } from '@nuages/core'
import { sessions } from '@nuages/sessions'
import { auth } from '../../src/index.ts'
import { quickHashers } from '../quick-hashers.ts'
import { notes } from './app.ts'

export default defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  secretKeyFallbacks: ['a-former-key-0123456789-abcdefghijk'],
  timeZone: 'Asia/Seoul',
  allowedHosts: ['example.com'],
  installedApps: [contenttypes, sessions, auth, notes],
  urlconf: () => import('./urls.ts'),
  databases: { default: 'sqlite:never-opened.sqlite3', other: 'sqlite:never-opened-either.sqlite3' },
  auth: { passwordHashers: quickHashers },
  logging: { level: 'silent' },
})
