import { contenttypes } from '@nuages/contenttypes'
import { defineSettings } from '@nuages/core'
import { sessions } from '@nuages/sessions'
import { auth } from '../../src/index.ts'
import { quickHashers } from '../quick-hashers.ts'
import { people } from './app.ts'

interface Changes {
  readonly database?: string
  readonly allowedHosts?: readonly string[]
  readonly auth?: {
    readonly signup?: { readonly open?: boolean; readonly verifyEmail?: boolean }
    readonly siteUrl?: string
  }
}

/** A project whose users log in with their addresses and may sign up; some of its settings differ. */
export function settingsWith({ database, allowedHosts, auth: section }: Changes = {}) {
  return defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    allowedHosts: allowedHosts ?? ['example.com'],
    authUserModel: 'people.Person',
    installedApps: [contenttypes, sessions, auth, people],
    urlconf: () => import('./urls.ts'),
    databases: { default: database ?? 'sqlite:never-opened.sqlite3' },
    logging: { level: 'silent' },
    auth: { passwordHashers: quickHashers, signup: { open: true }, ...section },
  })
}

export default settingsWith()
