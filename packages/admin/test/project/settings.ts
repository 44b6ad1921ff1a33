import { admin } from '@nuages/admin'
import { argon2Hasher, auth } from '@nuages/auth'
import { contenttypes } from '@nuages/contenttypes'
import { defineSettings } from '@nuages/core'
import { messages } from '@nuages/messages'
import { sessions } from '@nuages/sessions'
import { staticfiles } from '@nuages/staticfiles'
import { blog } from './blog/app.ts'

/** A small blog and its admin: the project that the tests ask. */
export default defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh-0123456789-abcdefgh',
  allowedHosts: ['testserver'],
  installedApps: [admin, auth, contenttypes, sessions, messages, staticfiles, blog],
  urlconf: () => import('./urls.ts'),
  databases: { default: 'sqlite:db.sqlite3' },
  auth: { passwordHashers: [argon2Hasher({ memory: 8, passes: 1 })] },
  logging: { level: 'silent' },
})
