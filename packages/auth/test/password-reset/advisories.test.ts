import { contenttypes } from '@nuages/contenttypes'
import { createApplication, defineSettings } from '@nuages/core'
import { mail } from '@nuages/mail'
import { sessions } from '@nuages/sessions'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, expect } from 'vitest'
import { isSameAddress } from '../../src/account-mail/users-of-address.ts'
import { auth, User } from '../../src/index.ts'

let asked = 0
const settings = defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  allowedHosts: ['example.com'],
  installedApps: [contenttypes, sessions, auth, mail],
  urlconf: async () => {
    const [{ include, path }, { authUrls }] = await Promise.all([import('@nuages/urls'), import('../../src/index.ts')])
    return { urlpatterns: [path('accounts/', include(authUrls))] }
  },
  databases: { default: 'sqlite:never-opened.sqlite3' },
  logging: { level: 'silent' },
  mail: {
    backend: {
      async sendMessages() {
        asked += 1
        throw new Error('There is no mail server.')
      },
    },
  },
})

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)

test('CVE-2024-45231: a mail that cannot be sent does not tell that somebody has the address', async () => {
  await User.objects.createUser({ username: 'ann', email: 'ann@example.com', password: 'correct horse' })
  const client = new Client(application)
  const ask = (email: string) => client.post('/accounts/password_reset/', { form: { email } })
  const [known, unknown] = [await ask('ann@example.com'), await ask('nobody@example.com')]
  expect(asked).toBe(1)
  expect([known.status, known.headers.get('Location'), known.text()]).toEqual([
    unknown.status,
    unknown.headers.get('Location'),
    unknown.text(),
  ])
})

test('CVE-2019-19844: addresses that only look alike, or that a database takes for one another, are two', () => {
  const alike = [
    ['mike@example.org', 'mıke@example.org'],
    ['mike@example.org', 'mİke@example.org'],
    ['admin@gitHub.com', 'admin@gıthub.com'],
    ['ss@example.org', 'ß@example.org'],
  ] as const
  expect(alike.filter(([one, other]) => isSameAddress(one, other))).toEqual([])
  const same = [
    ['Ann@EXAMPLE.org', 'ann@example.org'],
    ['ΣΑΣ@example.org', 'σας@example.org'],
    ['e\u0301@example.org', '\u00c9@example.org'],
  ] as const
  expect(same.filter(([one, other]) => !isSameAddress(one, other))).toEqual([])
})
