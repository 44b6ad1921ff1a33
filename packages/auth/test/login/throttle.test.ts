import { contenttypes } from '@nuages/contenttypes'
import { createApplication, defineSettings } from '@nuages/core'
import { defaultRequestPolicy, HttpRequest, HttpResponse, TooManyRequests, TrustedProxies } from '@nuages/http'
import { sessions } from '@nuages/sessions'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { path } from '@nuages/urls'
import { test as base, beforeEach, describe, expect, vi } from 'vitest'
import { caches } from '../../../cache/src/index.ts'
import {
  type AuthenticationBackend,
  argon2Hasher,
  auth,
  authenticate,
  ModelBackend,
  User,
  userLoginFailed,
} from '../../src/index.ts'

/** Counts what it is asked, and knows nobody. */
class CountingBackend extends ModelBackend implements AuthenticationBackend {
  override readonly name = 'counting'
  asked = 0

  override async authenticate(...args: Parameters<ModelBackend['authenticate']>) {
    this.asked++
    return super.authenticate(...args)
  }
}
const backend = new CountingBackend()

const settings = defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  allowedHosts: ['example.com'],
  installedApps: [contenttypes, sessions, auth],
  urlconf: async () => ({
    urlpatterns: [
      path('log-in/', async (request: HttpRequest) => {
        const { query } = request
        const user = await authenticate(request, { username: query.get('as'), password: query.get('with') })
        return new HttpResponse(String(user))
      }),
    ],
  }),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  auth: {
    backends: [backend],
    // What is counted is guesses: they need not cost much.
    passwordHashers: [argon2Hasher({ memory: 8, passes: 1 })],
    throttle: { accountAndClient: '3/10m', client: '6/10m', account: '9/h' },
  },
  logging: { level: 'silent' },
})

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)

beforeEach(async () => {
  await caches.get('default').clear()
  backend.asked = 0
  for (const username of ['ann', 'bob']) await User.objects.createUser({ username, password: 'right' })
})

/** What the log-in says: a status, and whose it is. */
async function logIn(clientAddress: string, username: string, password = 'wrong'): Promise<string> {
  const query = new URLSearchParams({ as: username, with: password })
  const response = await new Client(application, { clientAddress }).get(`/log-in/?${query}`)
  return response.status === 200 ? response.text() : `${response.status} ${response.headers.get('Retry-After')}`
}
const isRefused = (answer: string) => /^429 \d+$/.test(answer)

/** How many of so many guesses are looked at. */
async function checked(times: number, guess: (index: number) => Promise<string>): Promise<number> {
  let count = 0
  for (let index = 0; index < times; index++) if (!isRefused(await guess(index))) count++
  return count
}

describe('guessing', () => {
  test('ends for a client and an account after so many, right or wrong, there or not', async () => {
    for (const username of ['ann', 'nobody', 'ann ', 'ANN']) {
      await caches.get('default').clear()
      expect(await checked(3, () => logIn('192.0.2.1', username))).toBe(3)
      backend.asked = 0
      expect(isRefused(await logIn('192.0.2.1', username))).toBe(true)
      expect(isRefused(await logIn('192.0.2.1', username, 'right'))).toBe(true)
      expect(backend.asked).toBe(0)
    }
    expect(await logIn('192.0.2.2', 'ann', 'right')).toBe('ann')
    expect(await logIn('192.0.2.1', 'bob', 'right')).toBe('bob')
  })

  test('ends however a name is written', async () => {
    const names = ['ann', 'Ann', ' ann ', 'ＡＮＮ']
    expect(await checked(4, (index) => logIn('192.0.2.1', names[index]!))).toBe(3)
  })

  test('ends for a client that tries many accounts', async () => {
    expect(await checked(10, (index) => logIn('192.0.2.1', `user ${index}`))).toBe(6)
    expect(await logIn('192.0.2.2', 'ann', 'right')).toBe('ann')
  })

  test('ends for an account that many clients try', async () => {
    expect(await checked(12, (index) => logIn(`192.0.2.${index}`, 'ann'))).toBe(9)
    expect(await logIn('192.0.2.1', 'bob', 'right')).toBe('bob')
  })

  test('does not lock out who logged in from there before', async () => {
    expect(await logIn('198.51.100.1', 'ann', 'right')).toBe('ann')
    await checked(20, (index) => logIn(`192.0.2.${index}`, 'ann'))
    expect(isRefused(await logIn('192.0.2.99', 'ann', 'right'))).toBe(true)
    expect(await logIn('198.51.100.1', 'ann', 'right')).toBe('ann')
    // It may not guess more often than others from there, either.
    expect(await checked(5, () => logIn('198.51.100.1', 'ann'))).toBe(3)
  })

  test('of a hundred at once is counted as one after the other', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => logIn('192.0.2.1', 'ann')))
    expect(answers.filter((answer) => !isRefused(answer))).toHaveLength(3)
    expect(backend.asked).toBe(3)
  })

  test('goes on after a while', async () => {
    await checked(4, () => logIn('192.0.2.1', 'ann'))
    const [status, seconds] = (await logIn('192.0.2.1', 'ann')).split(' ')
    expect(status).toBe('429')
    expect(Number(seconds)).toBeGreaterThan(500)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + Number(seconds) * 1000 })
    expect(await logIn('192.0.2.1', 'ann', 'right')).toBe('ann')
    vi.useRealTimers()
  })
})

describe('the right password', () => {
  test('takes back what was counted, so that it may be given as often as one likes', async () => {
    expect(await checked(12, () => logIn('192.0.2.1', 'ann', 'right'))).toBe(12)
    await checked(2, () => logIn('192.0.2.1', 'ann'))
    await logIn('192.0.2.1', 'ann', 'right')
    expect(await checked(5, () => logIn('192.0.2.1', 'ann'))).toBe(3)
  })

  test('of another account does not let a client go on guessing', async () => {
    const guesses = await checked(20, async (index) => {
      await logIn('192.0.2.1', 'bob', 'right')
      return logIn('192.0.2.1', `user ${index}`)
    })
    expect(guesses).toBe(6)
  })
})

describe('a client', () => {
  test('of IPv6 is its network', async () => {
    expect(await checked(10, (index) => logIn(`2001:db8:0:1::${index}`, `user ${index}`))).toBe(6)
    expect(await logIn('2001:db8::2:0:0:0:1', 'ann', 'right')).toBe('ann')
    expect(isRefused(await logIn('2001:0db8:0000:0001:ffff::1', 'ann', 'right'))).toBe(true)
  })

  test('that is this machine is a proxy that nobody named, and everybody', async () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '']) {
      await caches.get('default').clear()
      expect(await checked(20, (index) => logIn(address, `user ${index}`)), address).toBe(20)
      expect(await checked(5, () => logIn(address, 'ann')), address).toBe(3)
    }
  })

  test('that contradicts the proxy is none the freer for it', async () => {
    const proxies = { ...defaultRequestPolicy, trustedProxies: new TrustedProxies(['loopback']) }
    const answers: string[] = []
    for (let index = 0; index < 8; index++) {
      const environ = {
        REMOTE_ADDR: '127.0.0.1',
        HTTP_X_FORWARDED_FOR: '192.0.2.1',
        HTTP_FORWARDED: `for=198.51.100.${index}`,
      }
      const request = new HttpRequest(environ as never, proxies)
      const guess = authenticate(request, { username: `user ${index}`, password: 'wrong' })
      answers.push(await guess.then(String, (error: Error) => error.name))
    }
    expect(answers).toEqual([...Array(6).fill('null'), ...Array(2).fill('TooManyRequests')])
  })

  test('of IPv4 is the same in the clothes of IPv6', async () => {
    await checked(3, () => logIn('::ffff:192.0.2.1', 'ann'))
    expect(isRefused(await logIn('192.0.2.1', 'ann'))).toBe(true)
  })
})

test('a guess without a request counts for the account, and what is no secret is no guess', async () => {
  for (let index = 0; index < 3; index++) await authenticate(undefined, { username: 'ann', password: 'wrong' })
  await expect(authenticate(undefined, { username: 'ann', password: 'right' })).rejects.toThrow(TooManyRequests)
  for (let index = 0; index < 20; index++) await authenticate(undefined, { remoteUser: 'ann' })
})

test('the signal tells of what was refused, too', async () => {
  const told: unknown[] = []
  const disconnect = userLoginFailed.connect(({ credentials, retryAfter }) => {
    told.push([credentials['username'], credentials['password'], retryAfter === undefined ? 'asked' : 'refused'])
  })
  await checked(4, () => logIn('192.0.2.1', 'ann'))
  disconnect()
  const stars = '********************'
  expect(told).toEqual([...Array(3).fill(['ann', stars, 'asked']), ['ann', stars, 'refused']])
})
