import { contenttypes } from '@nuages/contenttypes'
import { defineSettings } from '@nuages/core'
import { sessions } from '@nuages/sessions'
import { staticfiles } from 'nuages/staticfiles'
import { auth } from '../../src/index.ts'
import { people } from '../project-by-address/app.ts'
import { quickHashers } from '../quick-hashers.ts'

/** The pages as a browser sees them, with their style and the policies that are on unless a project says otherwise. */
export default defineSettings({
  baseDir: import.meta.dirname,
  debug: true,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  authUserModel: 'people.Person',
  installedApps: [staticfiles, contenttypes, sessions, auth, people],
  urlconf: () => import('../project-by-address/urls.ts'),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  logging: { level: 'silent' },
  auth: { passwordHashers: quickHashers, signup: { open: true } },
})
