import { contenttypes } from '@nuages/contenttypes'
import { createApplication, defineApp, defineSettings } from '@nuages/core'
import { type HttpRequest, HttpResponse } from '@nuages/http'
import { sessions } from '@nuages/sessions'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { include, path } from '@nuages/urls'
import { test as base, beforeEach, expect, onTestFinished, vi } from 'vitest'
import {
  auth,
  authUrls,
  type CurrentUser,
  ModelBackend,
  RemoteUserBackend,
  remoteUserMiddleware,
  User,
} from '../../src/index.ts'

class RealmBackend extends RemoteUserBackend {
  override cleanUsername(username: string): string {
    return username.split('@', 1)[0]!
  }

  override async configureUser(request: HttpRequest | undefined, user: CurrentUser, created: boolean) {
    if (created) user.email = `${user.getUsername()}@example.com`
    user.isStaff = request?.environ.REMOTE_ADDR === '192.0.2.1'
    await user.save()
    return user
  }
}

const server = defineApp({
  name: 'server',
  dir: import.meta.dirname,
  middleware: [remoteUserMiddleware()],
})
const settings = defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  allowedHosts: ['example.com'],
  installedApps: [contenttypes, sessions, auth, server],
  urlconf: async () => ({
    urlpatterns: [
      path('', async (request: HttpRequest) => new HttpResponse(String(await request.user))),
      path('accounts/', include(authUrls)),
    ],
  }),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  auth: { backends: [new RealmBackend(), new ModelBackend()] },
  logging: { level: 'silent' },
})

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
let says: string | undefined
/** A server that knows who it is. */
const serverOf: typeof application = (environ, startResponse) =>
  application(
    says === undefined ? environ : (Object.assign(Object.create(environ), { REMOTE_USER: says }) as typeof environ),
    startResponse,
  )
let client: Client

beforeEach(() => {
  says = undefined
  client = new Client(serverOf)
})

const whoami = async () => (await client.get('/')).text()

test('whom the server says it is, is made, logged in, and configured', async () => {
  says = 'ann@EXAMPLE'
  expect(await whoami()).toBe('ann')
  expect(await whoami()).toBe('ann')
  const ann = await User.objects.get()
  expect(ann).toMatchObject({ username: 'ann', email: 'ann@example.com', isStaff: false })
  expect(ann.hasUsablePassword()).toBe(false)
})

test('the session ends where the server says nothing, or somebody else', async () => {
  says = 'ann'
  await whoami()
  const before = client.cookies.get('sessionid')
  says = 'bob'
  expect(await whoami()).toBe('bob')
  expect(client.cookies.get('sessionid')).not.toBe(before)
  says = undefined
  expect(await whoami()).toBe('AnonymousUser')
  says = ''
  expect(await whoami()).toBe('AnonymousUser')
})

test('who logged in otherwise stays so, and a header says nothing', async () => {
  const ann = await User.objects.createUser({ username: 'ann' })
  await client.forceLogin(ann, new ModelBackend().name)
  expect(await whoami()).toBe('ann')
  await client.logout()
  expect((await client.get('/', { headers: { 'Remote-User': 'ann', REMOTE_USER: 'ann' } })).text()).toBe(
    'AnonymousUser',
  )
})

test('who is not active is not logged in, and two at once make one user', async () => {
  await User.objects.createUser({ username: 'ann', isActive: false })
  says = 'ann'
  expect(await whoami()).toBe('AnonymousUser')
  says = 'bob'
  const answers = await Promise.all(Array.from({ length: 4 }, () => new Client(serverOf).get('/')))
  expect(answers.map((answer) => answer.text())).toEqual(['bob', 'bob', 'bob', 'bob'])
  expect(await User.objects.filter({ username: 'bob' }).count()).toBe(1)
})

test('who has no password here may change their address, and long after the log-in is made to log in again', async () => {
  const clock = vi.spyOn(Temporal.Now, 'instant')
  onTestFinished(() => clock.mockRestore())
  says = 'ann@EXAMPLE'
  const page = '/accounts/email_change/'
  const send = () => client.post(page, { form: { newEmail: 'ann@example.org' } })
  expect((await client.get(page)).text()).not.toContain('type="password"')
  expect((await send()).headers.get('Location')).toBe('/accounts/email_change/done/')

  clock.mockReturnValue(Temporal.Now.instant().add({ minutes: 11 }))
  expect((await send()).text()).toContain('Log out and in again')
  const before = client.cookies.get('sessionid')
  const back = await client.post('/accounts/logout/', { form: { next: page }, follow: true })
  expect([back.url.pathname, back.text().includes('New email address')]).toEqual([page, true])
  expect(client.cookies.get('sessionid')).not.toBe(before)
  expect((await send()).headers.get('Location')).toBe('/accounts/email_change/done/')
})
