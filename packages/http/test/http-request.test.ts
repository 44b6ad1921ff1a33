import { stringifyCookie } from 'cookie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadRequest, DisallowedHost, defaultRequestPolicy, HttpRequest, type RequestPolicy } from '../src/index.ts'
import { makeEnviron } from './environ.ts'

function request(environ: Record<string, string> = {}, policy: Partial<RequestPolicy> = {}): HttpRequest {
  return new HttpRequest(makeEnviron(environ), { ...defaultRequestPolicy, ...policy })
}

describe('paths', () => {
  it('joins the mount and the rest', () => {
    const mounted = request({ SCRIPT_NAME: '/shop', PATH_INFO: '/a b/é?', QUERY_STRING: 'x=1' })
    expect(mounted.path).toBe('/shop/a b/é?')
    expect(mounted.pathInfo).toBe('/a b/é?')
    expect(mounted.fullPath).toBe('/shop/a%20b/%C3%A9%3F?x=1')
  })

  it.each([
    ['a=1&b=%20+[', 'a=1&b=%20+['],
    [Buffer.from('q=é "#').toString('latin1'), 'q=%C3%A9%20%22%23'],
    ['q=日\n', 'q=%E6%97%A5%0A'],
  ])('escapes the query %j for a link', (query, escaped) => {
    expect(request({ QUERY_STRING: query }).fullPath).toBe(`/?${escaped}`)
  })

  it('leads to this host, whatever the path begins with', () => {
    const { fullPath, path } = request({ PATH_INFO: '//evil.example/x', QUERY_STRING: 'y=1' })
    expect([fullPath, path]).toEqual(['/%2Fevil.example/x?y=1', '//evil.example/x'])
    expect(new URL(fullPath, 'https://example.com').host).toBe('example.com')
  })

  it('has a slash where the path is empty', () => {
    expect(request({ PATH_INFO: '' }).path).toBe('/')
    expect(request({ SCRIPT_NAME: '/shop', PATH_INFO: '' }).path).toBe('/shop')
  })

  it('parses nothing before it is read', () => {
    const bad = request({ QUERY_STRING: 'q=%zz', HTTP_HOST: '?' })
    expect(bad.path).toBe('/')
    expect(() => bad.query).toThrow(BadRequest)
  })
})

describe('headers', () => {
  const { headers } = request({
    HTTP_USER_AGENT: 'test',
    HTTP_X_TWO_WORDS: '2',
    CONTENT_TYPE: 'text/plain',
    CONTENT_LENGTH: '3',
  })

  it('are found in any case', () => {
    expect(headers.get('user-agent')).toBe('test')
    expect(headers.get('X-Two-Words')).toBe('2')
    expect(headers.get('x_two_words')).toBe('2')
    expect(headers.get('CONTENT-TYPE')).toBe('text/plain')
    expect(headers.has('Content-Length')).toBe(true)
    expect(headers.has('X-Other')).toBe(false)
  })

  it('do not show what is no header', () => {
    expect(headers.has('REQUEST-METHOD')).toBe(false)
    expect(headers.get('gateway.input')).toBeUndefined()
  })

  it('are listed', () => {
    expect(Object.fromEntries(headers)).toEqual({
      'user-agent': 'test',
      'x-two-words': '2',
      'content-type': 'text/plain',
      'content-length': '3',
    })
  })
})

describe('cookies', () => {
  it('are decoded, and survive what cannot be', () => {
    const { cookies } = request({ HTTP_COOKIE: 'a=1; b=%C3%A9; bad=%zz; a=2; c="x"; =nameless; flag' })
    expect(cookies.get('a')).toBe('1')
    expect(cookies.get('b')).toBe('é')
    expect(cookies.get('bad')).toBe('%zz')
    expect(cookies.has('flag')).toBe(false)
  })

  it('cannot reach a prototype', () => {
    const { cookies } = request({ HTTP_COOKIE: '__proto__=x; constructor=y' })
    expect(cookies.get('__proto__')).toBe('x')
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  it('never throw, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'ab=;,"% \t\\') })), (text) => {
        for (const [name, value] of request({ HTTP_COOKIE: text }).cookies) {
          expect(typeof name).toBe('string')
          expect(typeof value).toBe('string')
        }
      }),
      { numRuns: 500 },
    )
  })

  it('read back what was set', () => {
    const name = fc.stringMatching(/^[a-z_]+$/)
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' })), (jar) => {
        const { cookies } = request({ HTTP_COOKIE: stringifyCookie(jar) })
        expect(Object.fromEntries(cookies)).toEqual({ ...jar })
      }),
    )
  })
})

describe('host', () => {
  it.each([
    ['Example.COM:8000', 'example.com:8000'],
    ['[::1]:8000', '[::1]:8000'],
    ['127.0.0.1', '127.0.0.1'],
    ['example.com.', 'example.com.'],
  ])('takes %s', (raw, host) => {
    expect(request({ HTTP_HOST: raw }).host).toBe(host)
    expect(request({ HTTP_HOST: raw }).host).toBe(host)
  })

  it.each([
    ...['', 'a b', 'evil.com/path', 'user@evil.com', 'a:b', 'a:123456', '::1', '[::1', 'a,b', 'é.com', "a'b"],
    // what makes no URL would be an error where one is made of it
    ...['example.com:65536', 'example.com:99999', '256.1.1.1', '[1::2::3]'],
  ])('refuses %j', (raw) => {
    expect(() => request({ HTTP_HOST: raw }).host).toThrow(DisallowedHost)
  })

  it('is the name of the server where the client named none', () => {
    expect(request().host).toBe('testserver')
    expect(request({ SERVER_PORT: '8000' }).host).toBe('testserver:8000')
  })

  it.each([
    [['example.com'], 'example.com:8000', true],
    [['example.com'], 'www.example.com', false],
    [['.example.com'], 'www.example.com', true],
    [['.example.com'], 'example.com.', true],
    [['.example.com'], 'badexample.com', false],
    [['[::1]'], '[::1]:80', true],
    [['*'], 'anything', true],
    [[], 'localhost', false],
  ])('with allowedHosts %j, %s is allowed: %s', (allowedHosts, host, allowed) => {
    const asked = request({ HTTP_HOST: host }, { allowedHosts })
    if (allowed) expect(asked.host).toBe(host)
    else expect(() => asked.host).toThrow(`This project does not serve the host '${host}'.`)
  })

  it('believes a proxy only where the project says so', () => {
    const environ = {
      HTTP_HOST: 'inside',
      HTTP_X_FORWARDED_HOST: 'outside.example, inside',
      HTTP_X_FORWARDED_PROTO: 'https, http',
    }
    expect(request(environ).host).toBe('inside')
    expect(request(environ).isSecure).toBe(false)
    const behind = request(environ, { useForwardedHost: true, secureProxyHeader: ['X-Forwarded-Proto', 'https'] })
    expect(behind.host).toBe('outside.example')
    expect(behind.isSecure).toBe(true)
    expect(behind.buildAbsoluteUri()).toBe('https://outside.example/')
  })
})

describe('buildAbsoluteUri', () => {
  const page = request({ HTTP_HOST: 'example.com', PATH_INFO: '/a/b é', QUERY_STRING: 'x=1' })

  it.each([
    [undefined, 'http://example.com/a/b%20%C3%A9?x=1'],
    ['c', 'http://example.com/a/c'],
    ['../c?y', 'http://example.com/c?y'],
    ['/c/', 'http://example.com/c/'],
    ['//other.example/c', 'http://other.example/c'],
    ['https://other.example/c', 'https://other.example/c'],
  ])('%s', (location, uri) => {
    expect(page.buildAbsoluteUri(location)).toBe(uri)
  })

  it('takes a path that starts with two slashes for a path', () => {
    expect(request({ HTTP_HOST: 'example.com', PATH_INFO: '//evil.example/' }).buildAbsoluteUri()).toBe(
      'http://example.com//evil.example/',
    )
  })

  it('refuses what is no URL', () => {
    expect(() => page.buildAbsoluteUri('http://[')).toThrow(BadRequest)
  })
})

describe('negotiation', () => {
  it('accepts anything where nothing is asked for', () => {
    expect(request().accepts('image/webp')).toBe(true)
    expect(request().preferredType(['a/b', 'c/d'])).toBe('a/b')
  })

  it('follows the qualities', () => {
    const asks = request({ HTTP_ACCEPT: 'text/html;q=0.8, application/json, image/*;q=0' })
    expect(asks.accepts('text/html')).toBe(true)
    expect(asks.accepts('image/png')).toBe(false)
    expect(asks.accepts('text/plain')).toBe(false)
    expect(asks.preferredType(['text/html', 'application/json'])).toBe('application/json')
    expect(asks.preferredType(['text/plain'])).toBeUndefined()
  })
})

it('tells what the environ knows', () => {
  const controller = new AbortController()
  const head = new HttpRequest(
    makeEnviron({
      REQUEST_METHOD: 'HEAD',
      CONTENT_TYPE: 'Text/HTML; charset=utf-8',
      'gateway.signal': controller.signal,
    }),
  )
  expect(head.isHead).toBe(true)
  expect(head.method).toBe('HEAD')
  expect(head.contentType).toBe('text/html')
  expect(head.clientAddress).toBe('192.0.2.1')
  expect(head.signal).toBe(controller.signal)
  expect(request({ CONTENT_TYPE: 'nonsense' }).contentType).toBe('')
})
