import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { environNameOfHeader, headerOfEnvironName } from '../src/environ-name.ts'
import { type Environ, toPlainEnviron, withEnviron } from '../src/index.ts'
import { decodePath, parseRequestTarget } from '../src/request-target.ts'
import { get, startServer } from './start-server.ts'

/** What `read` makes of the environ of one request. */
async function withRequest<T>(request: string, read: (environ: Environ) => T): Promise<T> {
  let result: T | undefined
  const { connect } = await startServer((environ, startResponse) => {
    result = read(environ)
    startResponse('200 OK', [])
    return ''
  })
  const client = await connect()
  client.send(request)
  expect((await client.response()).status).toBe(200)
  return result!
}

test('every path that encodeURIComponent can write is read back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      (text) => {
        const path = `/${encodeURIComponent(text)}`
        expect(decodePath(path)).toBe(`/${text}`)
        expect(parseRequestTarget(`${path}?${encodeURIComponent(text)}`)).toEqual({
          path: `/${text}`,
          query: encodeURIComponent(text),
          host: undefined,
        })
      },
    ),
  )
})

test('a percent-encoded path is the text of its bytes, or refused where they are not UTF-8', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 8 }), (bytes) => {
      const path = `/${[...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`
      let expected: string | undefined
      try {
        expected = `/${new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)}`
      } catch {}
      expect(decodePath(path)).toBe(expected?.includes('\0') ? undefined : expected)
    }),
  )
})

test('any target is either refused or has a path from the root', () => {
  const start = fc.constantFrom('', '/', '//', '*', 'http://a', 'https://a.example:8080/', 'ftp://a/')
  const target = fc.tuple(start, fc.string()).map(([prefix, rest]) => prefix + rest)
  fc.assert(
    fc.property(target, (text) => {
      const parsed = parseRequestTarget(text)
      if (parsed) expect(parsed.path).toMatch(/^(\/|\*$)/)
    }),
  )
})

test('a header and its name in the environ find each other', () => {
  const letters = fc.constantFrom(...'abcxyz019-!~')
  fc.assert(
    fc.property(fc.string({ unit: letters, minLength: 1 }), (header) => {
      const name = environNameOfHeader(header)!
      fc.pre(name !== 'CONTENT_TYPE' && name !== 'CONTENT_LENGTH')
      expect(headerOfEnvironName(name)).toBe(header)
    }),
  )
})

test.each([
  ['http://example.com', { path: '/', query: '', host: 'example.com' }],
  ['HTTP://example.com:80/a?b', { path: '/a', query: 'b', host: 'example.com:80' }],
  ['http://example.com?b', { path: '/', query: 'b', host: 'example.com' }],
  ['//example.com/a', { path: '//example.com/a', query: '', host: undefined }],
  ['/a?b?c%zz', { path: '/a', query: 'b?c%zz', host: undefined }],
  ['*', { path: '*', query: '', host: undefined }],
  ['/a#b', undefined],
  ['/a b', undefined],
  ['/é', undefined],
  ['a', undefined],
  ['', undefined],
  ['ftp://example.com/', undefined],
  ['http://user@example.com/', undefined],
  ['/%C0%AF', undefined],
  ['/%ED%A0%80', undefined],
])('the target %j', (target, expected) => {
  expect(parseRequestTarget(target)).toEqual(expected)
})

test('a name that no header has is undefined, whatever objects inherit', async () => {
  const values = await withRequest(get('/', 'X_Real_IP: forged\r\nX-Other: x\r\nConstructor: x\r\n'), (environ) => [
    environ.HTTP_X_REAL_IP,
    environ.HTTP_TO_STRING,
    environ.HTTP___PROTO__,
    environ.HTTP_CONSTRUCTOR,
    (environ as never as Record<string, unknown>)['http_host'],
    (environ as never as Record<string, unknown>)['HTTP_X-OTHER'],
    (environ as never as Record<string, unknown>)['HTTP_x_other'],
    (environ as never as Record<string, unknown>).toString,
  ])
  expect(values).toEqual([undefined, undefined, undefined, 'x', undefined, undefined, undefined, undefined])
})

test('withEnviron changes names and leaves the rest to the request', async () => {
  const [mounted, original] = await withRequest(get('/shop/cart?a=1', 'X-Test: yes\r\n'), (environ) => [
    withEnviron(environ, { SCRIPT_NAME: '/shop', PATH_INFO: '/cart', 'shop.currency': 'EUR' }),
    environ,
  ])
  expect(mounted!.SCRIPT_NAME + mounted!.PATH_INFO).toBe('/shop/cart')
  expect([mounted!.QUERY_STRING, mounted!.HTTP_X_TEST]).toEqual(['a=1', 'yes'])
  expect(mounted!['gateway.signal']).toBe(original!['gateway.signal'])
  expect(mounted!['gateway.input']).toBe(original!['gateway.input'])
  expect(original!.SCRIPT_NAME).toBe('')
  expect(toPlainEnviron(mounted!)).toMatchObject({ PATH_INFO: '/cart', HTTP_X_TEST: 'yes', 'shop.currency': 'EUR' })
})

test('toPlainEnviron and inspect show what is there', async () => {
  const [plain, shown] = await withRequest(
    get('/a%20b', 'X-Test: yes\r\n'),
    (environ) => [toPlainEnviron(environ), inspect(environ)] as const,
  )
  expect(plain).toMatchObject({
    PATH_INFO: '/a b',
    REQUEST_URI: '/a%20b',
    HTTP_X_TEST: 'yes',
    SERVER_PROTOCOL: 'HTTP/1.1',
  })
  expect(Object.keys(plain)).not.toContain('CONTENT_TYPE')
  expect(shown).toContain("HTTP_X_TEST: 'yes'")
})

test('the host of an absolute target goes before the header', async () => {
  const hosts = await withRequest('GET http://real.example/ HTTP/1.1\r\nHost: forged.example\r\n\r\n', (environ) => [
    environ.HTTP_HOST,
    toPlainEnviron(environ).HTTP_HOST,
  ])
  expect(hosts).toEqual(['real.example', 'real.example'])
})

test('OPTIONS * is answered by the server itself', async () => {
  const { connect } = await startServer(() => {
    throw new Error('not to be called')
  })
  const client = await connect()
  client.send('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\nGET * HTTP/1.1\r\nHost: a\r\n\r\n')
  expect((await client.response()).status).toBe(204)
  expect((await client.response()).status).toBe(400)
})
