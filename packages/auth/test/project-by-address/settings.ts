import { contenttypes } from '@nuages/contenttypes'
import { defineSettings } from '@nuages/core'
import { sessions } from '@nuages/sessions'
import { auth } from '../../src/index.ts'
import { people } from './app.ts'

/** A project whose users log in with their addresses and may sign up; some settings of the section `auth` differ. */
export function settingsWith(
  changes: { readonly signup?: { readonly open?: boolean; readonly verifyEmail?: boolean } } = {},
) {
  return defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    allowedHosts: ['example.com'],
    authUserModel: 'people.Person',
    installedApps: [contenttypes, sessions, auth, people],
    urlconf: () => import('./urls.ts'),
    databases: { default: 'sqlite:never-opened.sqlite3' },
    logging: { level: 'silent' },
    auth: { signup: { open: true }, ...changes },
  })
}

export default settingsWith()
