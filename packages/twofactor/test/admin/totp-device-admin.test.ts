import { auth, authUrls, Permission, User } from '@nuages/auth'
import { createApplication, defineSettings, runChecks } from '@nuages/core'
import { messages } from '@nuages/messages'
import { sessions } from '@nuages/sessions'
import { assertNumQueries, Client, captureQueries, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { include, path } from '@nuages/urls'
import { staticfiles } from 'nuages/staticfiles'
import { test as base, describe, expect } from 'vitest'
import { admin, LogEntry } from '../../../admin/src/index.ts'
import { contenttypes } from '../../../contenttypes/src/index.ts'
import { codeAt, newSecret, RecoveryCode, TotpDevice, turnOn, twofactor, twofactorUrls } from '../../src/index.ts'

const settings = defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  allowedHosts: ['example.com'],
  installedApps: [admin, contenttypes, sessions, messages, auth, twofactor, staticfiles],
  urlconf: async () => ({
    urlpatterns: [
      path('admin/', admin.urls),
      path('accounts/', include(authUrls)),
      path('two-factor/', include(twofactorUrls)),
    ],
  }),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  logging: { level: 'silent' },
})

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
const list = '/admin/twofactor/totpdevice/'
const password = 'correct horse 7'

interface Flags {
  readonly isStaff?: boolean
  readonly isSuperuser?: boolean
}

async function makeUser(username: string, flags: Flags = {}): Promise<User> {
  const user = await User.objects.createUser({ username, password })
  await User.objects.filter({ id: user.id }).update(flags)
  return User.objects.get({ id: user.id })
}

/** A user whose second factor is on, and the device. */
async function withDevice(username: string, flags: Flags = {}) {
  const user = await makeUser(username, flags)
  const secret = newSecret()
  const codes = await turnOn(user, secret, codeAt(secret, Date.now()))
  return { user, secret, codes: codes!, device: await TotpDevice.objects.get({ user }) }
}

async function signedIn(user: User): Promise<Client> {
  const client = new Client(application)
  await client.forceLogin(user)
  return client
}

async function staff(...actions: readonly string[]): Promise<Client> {
  const user = await makeUser('staff', { isStaff: true })
  for (const action of actions) {
    await user.userPermissions.add(await Permission.objects.get({ codename: `${action}_totpdevice` }))
  }
  return signedIn(user)
}

const superuser = async () => signedIn(await makeUser('root', { isStaff: true, isSuperuser: true }))

describe('the list of second factors', () => {
  test('tells whose is on, and no secret', async () => {
    const { device, secret, codes, user } = await withDevice('ann')
    const client = await staff('view')
    const page = await client.get(list)
    const opened = await client.get(`${list}${device.id}/change/`)
    expect([page.status, opened.status]).toEqual([200, 200])
    expect(page.text()).toContain('ann')
    expect(opened.text()).toContain('Recovery codes left')
    const [code] = await RecoveryCode.objects.filter({ user })
    for (const text of [page.text(), opened.text()]) {
      for (const hidden of [device.secret, secret.toString('base64'), codes[0]!, code!.codeHash]) {
        expect(text).not.toContain(hidden)
      }
    }
    expect((await client.get(`${list}?secret__startswith=v1`)).status).toBe(303)
    expect((await client.get(`${list}?q=ann`)).text()).toContain('ann')
    expect((await client.get(`${list}?q=${encodeURIComponent(device.secret)}`)).text()).toContain('match.')
  })

  test('asks the database no more for many', async () => {
    await withDevice('user1')
    const client = await staff('view', 'delete')
    const few = (await captureQueries(() => client.get(list))).queries.length
    expect(few).toBeGreaterThan(0)
    for (const username of ['user2', 'user3', 'user4']) await withDevice(username)
    await assertNumQueries(few, () => client.get(list))
  })

  test('nothing is added or changed, whatever one may', async () => {
    const { device } = await withDevice('ann')
    const client = await superuser()
    expect((await client.get(`${list}add/`)).status).toBe(403)
    expect((await client.post(`${list}${device.id}/change/`, { form: { lastStep: '0' } })).status).toBe(403)
  })
})

describe('removing a second factor', () => {
  test('asks first, then the password alone logs in; recovery codes go as well, and it is noted', async () => {
    const { device, user } = await withDevice('ann')
    const other = await withDevice('bob')
    const client = await staff('view', 'delete')
    const form = { action: 'remove', _selected_action: String(device.id) }
    const asked = await client.post(list, { form })
    expect([asked.status, asked.text().includes('Make sure')]).toEqual([200, true])
    expect(asked.text()).toContain('second factor of ann')
    expect(await TotpDevice.objects.count()).toBe(2)
    expect((await client.post(list, { form: { ...form, post: 'yes' } })).status).toBe(303)
    expect((await client.get(list)).text()).toContain('One second factor was removed.')
    expect(await TotpDevice.objects.filter({ user }).exists()).toBe(false)
    expect(await RecoveryCode.objects.filter({ user }).exists()).toBe(false)
    expect(await RecoveryCode.objects.filter({ user: other.user }).count()).toBe(10)
    const entry = await LogEntry.objects.get()
    expect([entry.objectRepr, entry.describe()]).toEqual([
      'second factor of ann',
      'Ran “Remove second factor”. Deleted.',
    ])
    const ann = new Client(application)
    const login = await ann.post('/accounts/login/', { form: { username: 'ann', password } })
    expect(login.headers.get('Location')).not.toContain('two-factor')
  })

  test('the button of the page does the same', async () => {
    const { device, user } = await withDevice('ann')
    const client = await staff('view', 'delete')
    expect((await client.post(`${list}${device.id}/delete/`, { form: { post: 'yes' } })).status).toBe(303)
    expect(await TotpDevice.objects.filter({ user }).exists()).toBe(false)
    expect(await RecoveryCode.objects.filter({ user }).exists()).toBe(false)
    expect((await LogEntry.objects.get()).action).toBe('deletion')
  })

  test('takes the permission to delete', async () => {
    const { device } = await withDevice('ann')
    const client = await staff('view', 'change')
    expect((await client.get(list)).text()).not.toContain('Remove second factor')
    const form = { _selected_action: String(device.id), post: 'yes' }
    for (const action of ['remove', 'delete_selected']) await client.post(list, { form: { ...form, action } })
    expect((await client.post(`${list}${device.id}/delete/`, { form: { post: 'yes' } })).status).toBe(403)
    expect(await TotpDevice.objects.count()).toBe(1)
  })

  test("of a superuser, it takes a superuser: it is the way into the superuser's account", async () => {
    const { device } = await withDevice('boss', { isSuperuser: true })
    const mine = await withDevice('ann')
    const client = await staff('view', 'delete')
    const form = { action: 'remove', _selected_action: [String(device.id), String(mine.device.id)], post: 'yes' }
    expect((await client.post(list, { form })).status).toBe(403)
    expect((await client.post(`${list}${device.id}/delete/`, { form: { post: 'yes' } })).status).toBe(403)
    expect(await TotpDevice.objects.count()).toBe(2)
    expect((await (await superuser()).post(list, { form })).status).toBe(303)
    expect(await TotpDevice.objects.count()).toBe(0)
  })
})

test("a user's page leads to their second factor, for whom may see it", async () => {
  const { user, device } = await withDevice('ann')
  await withDevice('bob')
  const client = await superuser()
  const page = await client.get(`/admin/auth/user/${user.id}/change/`)
  const { tools } = page.context as { tools: { label: string; url: string }[] }
  const found = await client.get(tools.find(({ label }) => label === 'Second factor')!.url)
  expect((found.context as { rows: { key: string }[] }).rows.map(({ key }) => key)).toEqual([String(device.id)])
})

test('manage check finds nothing to say', async () => {
  expect((await runChecks()).filter(({ id }) => /^(?:admin|twofactor)\./.test(id))).toEqual([])
})
