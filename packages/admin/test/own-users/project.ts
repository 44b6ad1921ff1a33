import { argon2Hasher, auth } from '@nuages/auth'
import { contenttypes } from '@nuages/contenttypes'
import { defineSettings, type Settings } from '@nuages/core'
import { messages } from '@nuages/messages'
import { sessions } from '@nuages/sessions'
import { staticfiles } from '@nuages/staticfiles'
import { admin } from '../../src/index.ts'
import { accounts } from './accounts/app.ts'
import { notes } from './notes/app.ts'

/** A project whose users are its own, and log in with their addresses. */
export function projectOn(database: string): Settings {
  return defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh-0123456789-abcdefgh',
    allowedHosts: ['testserver'],
    authUserModel: 'accounts.Member',
    installedApps: [admin, staticfiles, contenttypes, sessions, auth, messages, accounts, notes],
    urlconf: () => import('./urls.ts'),
    databases: { default: database },
    auth: { passwordHashers: [argon2Hasher({ memory: 8, passes: 1 })] },
    logging: { level: 'silent' },
  })
}
