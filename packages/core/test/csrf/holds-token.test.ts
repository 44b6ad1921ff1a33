import type { HttpRequest } from '@nuages/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  defineSettings,
  getToken,
  holdsToken,
  resetSetup,
  rotateToken,
  type Settings,
  setup,
  usesToken,
} from '../../src/index.ts'

const settings = defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  logging: { level: 'silent' },
}) as unknown as Settings
beforeAll(() => setup(settings))
afterAll(resetSetup)

const requestOf = (cookies: Record<string, string> = {}) =>
  ({ cookies: new Map(Object.entries(cookies)) }) as unknown as HttpRequest

test('a text with a token of the visitor is told from any other', () => {
  const [ann, ben] = [requestOf(), requestOf()]
  expect(usesToken(ann)).toBe(false)
  const [token, other, foreign] = [getToken(ann), getToken(ann), getToken(ben)]
  expect(usesToken(ann)).toBe(true)
  for (const text of [token, `<input value="${other}">`, `xx${token}yy`, `${foreign}${token}`]) {
    expect(holdsToken(ann, text)).toBe(true)
    expect(holdsToken(requestOf(), text)).toBe(false)
  }
  for (const text of ['', foreign, token.slice(1), token.slice(0, -1), 'a'.repeat(500)])
    expect(holdsToken(ann, text)).toBe(false)
})

test('so is the secret itself, as a script reads it from the cookie', () => {
  const secret = 'abcdefghijklmnopqrstuvwxyz012345'
  const request = requestOf({ csrftoken: secret })
  expect(holdsToken(request, secret)).toBe(false)
  getToken(request)
  expect(holdsToken(request, `let token = '${secret}'`)).toBe(true)
  rotateToken(request)
  expect(holdsToken(request, secret)).toBe(false)
})
