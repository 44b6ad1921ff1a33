import { auth, makePassword, User } from '@nuages/auth'
import { createApplication, defineSettings, runChecks } from '@nuages/core'
import { messages } from '@nuages/messages'
import { sessions } from '@nuages/sessions'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { include, path } from '@nuages/urls'
import { test as base, expect } from 'vitest'
import { admin } from '../../admin/src/index.ts'
import { contenttypes } from '../../contenttypes/src/index.ts'
import { staticfiles } from '../../staticfiles/src/index.ts'
import { secretSealer } from '../src/device/secret-sealer.ts'
import { codeAt, newSecret, TotpDevice, twofactor, twofactorUrls } from '../src/index.ts'

const settings = defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  allowedHosts: ['example.com'],
  installedApps: [admin, contenttypes, sessions, messages, auth, twofactor, staticfiles],
  urlconf: async () => ({
    urlpatterns: [path('admin/', admin.urls), path('two-factor/', include(twofactorUrls))],
  }),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  logging: { level: 'silent' },
})

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)

test('the admin asks for the second factor as well, and leads to where it was to', async () => {
  const password = await makePassword('correct horse')
  const user = await User.objects.create({ username: 'ann', password, isStaff: true, isSuperuser: true })
  const secret = newSecret()
  await TotpDevice.objects.create({ user, secret: secretSealer.seal(secret, String(user.pk)), lastStep: 0 })
  const client = new Client(application)
  const form = { username: 'ann', password: 'correct horse', next: '/admin/auth/user/' }
  const answer = await client.post('/admin/login/', { form })
  expect(answer.headers.get('Location')).toBe('/two-factor/challenge/')
  expect((await client.get('/admin/')).status).toBe(302)
  const code = codeAt(secret, Temporal.Now.instant().epochMilliseconds)
  const done = await client.post('/two-factor/challenge/', { form: { code } })
  expect(done.headers.get('Location')).toBe('/admin/auth/user/')
  expect((await client.get('/admin/auth/user/')).status).toBe(200)
})

test('the project is whole', async () => {
  expect(await runChecks({ tags: ['twofactor'] })).toEqual([])
})
