import { argon2Hasher, auth } from '@nuages/auth'
import { defineSettings } from '@nuages/core'
import { messages } from '@nuages/messages'
import { sessions } from '@nuages/sessions'
import { contenttypes } from '../../../contenttypes/src/index.ts'
import { twofactor } from '../../src/index.ts'

export default defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  secretKeyFallbacks: ['a-former-key-0123456789-abcdefghijk'],
  allowedHosts: ['example.com'],
  installedApps: [contenttypes, sessions, messages, auth, twofactor],
  urlconf: () => import('./urls.ts'),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  auth: { passwordHashers: [argon2Hasher({ memory: 8, passes: 1 })] },
  logging: { level: 'silent' },
})
