import { HttpRequest, HttpResponse } from '@nuages/http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeEnviron } from '../../../http/test/environ.ts'
import { getSignedCookie, resetSetup, Signer, setSignedCookie, setup } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

beforeEach(async () => {
  await resetSetup()
  await setup(projectSettings())
})
afterEach(() => vi.useRealTimers())

const madeAt = 1_700_000_000_500

/** A request that brings along what the response has set. */
function visit(response: HttpResponse): HttpRequest {
  const cookies = response.setCookieHeaders().map((header) => header.split(';')[0]!)
  return requestWith(cookies.join('; '))
}

const requestWith = (cookie: string) => new HttpRequest(makeEnviron({ HTTP_COOKIE: cookie }))

const set = (name: string, value: string, options: Parameters<typeof setSignedCookie>[3] = {}): HttpResponse => {
  const response = new HttpResponse()
  setSignedCookie(response, name, value, options)
  return response
}

test.for(['dark', '', 'wörld; "x", 구름 ☁️', 'a:b:c', ' '])('the value %o comes back', (value) => {
  expect(getSignedCookie(visit(set('theme', value)), 'theme')).toBe(value)
})

test("Django's cookies are read, and made", () => {
  vi.useFakeTimers({ toFake: ['Date'], now: madeAt })
  const signed = 'dark:1r31eq:wHU8LRDm7zDQvpeU7pTWhzZU3TbRXYa8acRsobGY7pg'
  expect(visit(set('theme', 'dark')).cookies.get('theme')).toBe(signed)
  expect(getSignedCookie(requestWith(`theme=${signed}`), 'theme')).toBe('dark')
  expect(getSignedCookie(requestWith(`theme="${signed}"`), 'theme')).toBe('dark')
})

test('what is missing, changed, of another name or made by others is not there', () => {
  const cookie = visit(set('theme', 'dark')).cookies.get('theme')!
  const wrong = [
    '',
    'dark',
    cookie.replace('dark', 'light'),
    `${cookie}x`,
    cookie.slice(0, -1),
    ':',
    '::',
    new Signer().sign('dark'),
  ]
  for (const value of wrong) {
    expect(getSignedCookie(requestWith(`theme=${value}`), 'theme'), value).toBeUndefined()
    expect(getSignedCookie(requestWith(`theme=${value}`), 'theme', { default: null }), value).toBeNull()
  }
  expect(getSignedCookie(requestWith(`colour=${cookie}`), 'colour')).toBeUndefined()
  expect(getSignedCookie(requestWith('a=1'), 'theme', { default: 'light' })).toBe('light')
})

test('CVE-2026-6873: a name and a salt that read like others together are not the same', () => {
  const salted = set('user', '7', { salt: 'admin' })
  expect(getSignedCookie(visit(salted), 'user', { salt: 'admin' })).toBe('7')
  expect(getSignedCookie(visit(salted), 'user')).toBeUndefined()
  const value = visit(salted).cookies.get('user')!
  const pairs: [string, string][] = [
    ['useradmin', ''],
    ['usera', 'dmin'],
    ['use', 'radmin'],
  ]
  for (const [name, salt] of pairs) {
    expect(getSignedCookie(requestWith(`${name}=${value}`), name, { salt }), name).toBeUndefined()
  }
})

test('one that is too old is not there', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: madeAt })
  const request = visit(set('theme', 'dark'))
  vi.setSystemTime(madeAt + 60_000)
  expect(getSignedCookie(request, 'theme', { maxAge: 61 })).toBe('dark')
  expect(getSignedCookie(request, 'theme', { maxAge: 59 })).toBeUndefined()
  expect(getSignedCookie(request, 'theme', { maxAge: Temporal.Duration.from({ minutes: 2 }) })).toBe('dark')
})

describe('a new secret key', () => {
  const [former, present] = ['former-key-0123456789-abcdefghijkl', 'present-key-0123456789-abcdefghij']

  test('reads what the former one signed while that is a fallback', async () => {
    await resetSetup()
    await setup(projectSettings({ secretKey: former }))
    const request = visit(set('theme', 'dark'))
    await resetSetup()
    await setup(projectSettings({ secretKey: present, secretKeyFallbacks: ['another-0123456789', former] }))
    expect(getSignedCookie(request, 'theme')).toBe('dark')
    expect(visit(set('theme', 'dark')).cookies.get('theme')).not.toBe(request.cookies.get('theme'))
    await resetSetup()
    await setup(projectSettings({ secretKey: present }))
    expect(getSignedCookie(request, 'theme')).toBeUndefined()
  })
})

test('the attributes are those of any cookie', () => {
  const [header] = set('theme', 'dark', {
    httpOnly: true,
    sameSite: 'strict',
    maxAge: 60,
    salt: 'x',
  }).setCookieHeaders()
  expect(header).toMatch(/^theme=[^;]+; Max-Age=60; Path=\/; HttpOnly; SameSite=Strict$/)
})
