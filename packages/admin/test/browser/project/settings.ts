import { admin } from '@nuages/admin'
import { argon2Hasher, auth } from '@nuages/auth'
import { contenttypes } from '@nuages/contenttypes'
import { defineSettings } from '@nuages/core'
import { messages } from '@nuages/messages'
import { sessions } from '@nuages/sessions'
import { staticfiles } from '@nuages/staticfiles'
import { press } from './press/app.ts'

/** A newspaper with every kind of field, and its admin: what the browser looks at. */
export default defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh-0123456789-abcdefgh',
  allowedHosts: ['127.0.0.1', 'localhost'],
  installedApps: [admin, auth, contenttypes, sessions, messages, staticfiles, press],
  urlconf: () => import('./urls.ts'),
  databases: { default: 'sqlite:db.sqlite3' },
  debug: true,
  mediaRoot: process.env.MEDIA_ROOT ?? 'media',
  auth: { passwordHashers: [argon2Hasher({ memory: 8, passes: 1 })] },
  logging: { level: 'silent' },
})
