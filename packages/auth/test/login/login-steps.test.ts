import { contenttypes } from '@nuages/contenttypes'
import { createApplication, defineApp, defineSettings } from '@nuages/core'
import { type HttpRequest, HttpResponse } from '@nuages/http'
import { sessions } from '@nuages/sessions'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { path } from '@nuages/urls'
import { test as base, beforeEach, expect, vi } from 'vitest'
import {
  auth,
  authenticate,
  continueLogin,
  LoginError,
  pendingLogin,
  registerLoginStep,
  startLogin,
  User,
  userLoggedIn,
} from '../../src/index.ts'

/** Two apps that want something before a log-in, the second of one user only; a third is not installed. */
const steps = [
  { app: 'first', pageFor: async () => '/first/' },
  { app: 'absent', pageFor: async () => '/absent/' },
  {
    app: 'second',
    pageFor: async (_request: HttpRequest, user: object) => (String(user) === 'bob' ? '/second/' : undefined),
  },
]
const [first, , second] = steps.map((step) =>
  defineApp({ name: step.app, dir: import.meta.dirname, ready: () => registerLoginStep(step) }),
)
registerLoginStep(steps[1]!)

const who = async (request: HttpRequest) => {
  const pending = await pendingLogin(request)
  return new HttpResponse(`${await request.user} ${pending === undefined ? '-' : `${pending.user} ${pending.done}`}`)
}
const settings = defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  allowedHosts: ['example.com'],
  installedApps: [contenttypes, sessions, auth, first!, second!],
  urlconf: async () => ({
    urlpatterns: [
      path('who/', who),
      path('start/', async (request: HttpRequest) => {
        const user = await authenticate(request, { username: request.query.get('as'), password: 'correct horse' })
        return startLogin(request, user!, { next: '/welcome/' })
      }),
      path('first/', (request: HttpRequest) => continueLogin(request, 'first')),
      path('second/', (request: HttpRequest) => continueLogin(request, 'second')),
    ],
  }),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  logging: { level: 'silent' },
})

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
let client: Client

beforeEach(() => {
  client = new Client(application)
})

const make = (username: string) => User.objects.createUser({ username, password: 'correct horse' })
const location = async (path: string) => (await client.get(path)).headers.get('Location')
const whoami = async () => (await client.get('/who/')).text()

test('who is half in is nobody until each step is taken, in turn', async () => {
  await make('bob')
  const told: string[] = []
  const disconnect = userLoggedIn.connect(({ user }) => void told.push(String(user)))
  expect(await location('/start/?as=bob')).toBe('/first/')
  expect(await whoami()).toBe('AnonymousUser bob ')
  expect(await location('/first/')).toBe('/second/')
  expect(await whoami()).toBe('AnonymousUser bob first')
  expect(told).toEqual([])
  expect(await location('/second/')).toBe('/welcome/')
  expect(await whoami()).toBe('bob -')
  expect(told).toEqual(['bob'])
  disconnect()
})

test('steps that ask nothing of a user are passed over, and a page that is opened too early skips none', async () => {
  await make('ann')
  await make('bob')
  expect(await location('/start/?as=ann')).toBe('/first/')
  expect(await location('/first/')).toBe('/welcome/')
  await client.logout()
  await location('/start/?as=bob')
  expect(await location('/second/')).toBe('/first/')
  expect(await whoami()).toBe('AnonymousUser bob second')
})

test('each stage has a session key of its own', async () => {
  await make('bob')
  const keys = new Set<string | undefined>()
  for (const page of ['/start/?as=bob', '/first/', '/second/']) {
    await client.get(page)
    keys.add(client.cookies.get('sessionid'))
  }
  expect(keys.size).toBe(3)
})

test('another log-in starts anew', async () => {
  await make('ann')
  await make('bob')
  await location('/start/?as=bob')
  await location('/first/')
  expect(await location('/start/?as=ann')).toBe('/first/')
  expect(await whoami()).toBe('AnonymousUser ann ')
})

test('it ends with another password, with a user who may not log in any more, and after ten minutes', async () => {
  const bob = await make('bob')
  await location('/start/?as=bob')
  await bob.setPassword('battery staple')
  await bob.save()
  expect(await whoami()).toBe('AnonymousUser -')

  const ann = await make('ann')
  await location('/start/?as=ann')
  ann.isActive = false
  await ann.save()
  expect(await whoami()).toBe('AnonymousUser -')
  ann.isActive = true
  await ann.save()
  expect(await whoami()).toBe('AnonymousUser -')

  await location('/start/?as=ann')
  const now = Temporal.Now.instant()
  const clock = vi.spyOn(Temporal.Now, 'instant').mockReturnValue(now.add({ seconds: 590 }))
  expect(await whoami()).toBe('AnonymousUser ann ')
  clock.mockReturnValue(now.add({ seconds: 601 }))
  expect(await whoami()).toBe('AnonymousUser -')
  clock.mockRestore()
})

test('who logged in otherwise in between is not half in any more', async () => {
  const ann = await make('ann')
  await make('bob')
  await location('/start/?as=bob')
  await client.forceLogin(ann)
  expect(await whoami()).toBe('ann -')
})

test('nobody goes on who has not begun', async () => {
  await expect(client.get('/first/')).rejects.toThrow(LoginError)
})
