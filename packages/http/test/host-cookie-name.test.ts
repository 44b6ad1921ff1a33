import { expect, test } from 'vitest'
import { HttpResponse, hostCookieName } from '../src/index.ts'

test.for([
  [{ secure: true }, '__Host-a'],
  [{ secure: true, path: '/' }, '__Host-a'],
  [{ secure: true, path: '/x/' }, 'a'],
  [{ secure: true, domain: 'example.com' }, 'a'],
  [{ secure: false }, 'a'],
  [{}, 'a'],
] as const)('a cookie %j may be named %s', ([options, name]) => {
  expect(hostCookieName('a', options)).toBe(name)
})

test('what is signed keeps its colons in a cookie, as Django reads it', () => {
  const response = new HttpResponse()
  response.setCookie('a', 'eyJ9:1r31eq:x_-; %')
  expect(response.setCookieHeaders()).toEqual(['a=eyJ9:1r31eq:x_-%3B%20%25; Path=/'])
})
