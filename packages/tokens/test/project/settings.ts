import { argon2Hasher, auth } from '@nuages/auth'
import { defineSettings } from '@nuages/core'
import { contenttypes } from 'nuages/contenttypes'
import { sessions } from 'nuages/sessions'
import { tokens } from '../../src/index.ts'

type Sections = Parameters<typeof defineSettings>[0] & { readonly auth?: object; readonly tokens?: object }

const users: Pick<Sections, 'auth'> = { auth: { passwordHashers: [argon2Hasher({ memory: 8, passes: 1 })] } }

/** A project with an API, with some of its settings changed. */
export const projectSettings = (changes: Partial<Sections> = {}) =>
  defineSettings({
    baseDir: import.meta.dirname,
    secretKey: 'only-for-tests-0123456789-abcdefgh',
    allowedHosts: ['example.com'],
    installedApps: [contenttypes, sessions, auth, tokens],
    urlconf: () => import('./urls.ts'),
    databases: { default: 'sqlite:unused.sqlite3' },
    ...users,
    logging: { level: 'silent' },
    ...changes,
  })

export default projectSettings()
