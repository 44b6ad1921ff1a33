import { HttpRequest, HttpResponse } from '@nuages/http'
import { afterAll, expect, test } from 'vitest'
import { makeEnviron } from '../../../http/test/environ.ts'
import { getSignedCookie, resetSetup, setSignedCookie, setup } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

afterAll(resetSetup)

test('CVE-2026-6873: a signed cookie does not pass for another whose name and salt read the same together', async () => {
  await resetSetup()
  await setup(projectSettings())
  const response = new HttpResponse()
  setSignedCookie(response, 'user', '7', { salt: 'admin' })
  const value = response.setCookieHeaders()[0]!.split(';')[0]!.slice('user='.length)
  const read = (name: string, salt: string) =>
    getSignedCookie(new HttpRequest(makeEnviron({ HTTP_COOKIE: `${name}=${value}` })), name, { salt })
  expect(read('user', 'admin')).toBe('7')
  for (const [name, salt] of [
    ['useradmin', ''],
    ['usera', 'dmin'],
    ['use', 'radmin'],
    ['user', ''],
  ] as const) {
    expect(read(name, salt), `${name} + ${salt}`).toBeUndefined()
  }
})
