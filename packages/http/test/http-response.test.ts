import { inspect } from 'node:util'
import { parseSetCookie } from 'cookie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BadHeaderError,
  DisallowedRedirect,
  HttpRequest,
  HttpResponse,
  HttpResponseBadRequest,
  HttpResponseForbidden,
  HttpResponseGone,
  HttpResponseNotAllowed,
  HttpResponseNotFound,
  HttpResponseNotModified,
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  HttpResponseSeeOther,
  HttpResponseServerError,
  hasVaryHeader,
  JsonResponse,
  patchVaryHeaders,
  QueryDict,
  ResponseError,
  ResponseHeaders,
  StreamingHttpResponse,
} from '../src/index.ts'
import { makeEnviron } from './environ.ts'
import { send } from './send.ts'

describe('HttpResponse', () => {
  it('sends text as UTF-8 HTML', async () => {
    const sent = await send(new HttpResponse('<p>é</p>'))
    expect(sent.status).toBe('200 OK')
    expect(sent.headers).toEqual([
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Content-Length', '9'],
    ])
    expect(sent.bytes.toString()).toBe('<p>é</p>')
  })

  it('takes bytes and pieces', async () => {
    expect((await send(new HttpResponse(Buffer.from([1, 2])))).bytes).toEqual(Buffer.from([1, 2]))
    const pieces = new HttpResponse(['a', Buffer.from('b'), 'é'])
    expect(pieces.text()).toBe('abé')
    expect((await send(pieces)).header('content-length')).toBe('4')
    expect(Buffer.from(new HttpResponse('é').bytes())).toEqual(Buffer.from('é'))
  })

  it('takes status, reason, type and headers', async () => {
    const response = new HttpResponse('', {
      status: 299,
      reason: 'Fine',
      contentType: 'text/plain',
      headers: { 'X-One': '1', 'content-type': 'x/y' },
    })
    expect(response.reason).toBe('Fine')
    const sent = await send(response)
    expect(sent.status).toBe('299 Fine')
    expect(sent.headers).toEqual([
      ['X-One', '1'],
      ['Content-Type', 'text/plain'],
      ['Content-Length', '0'],
    ])
    expect(new HttpResponse('', { headers: { 'content-type': 'x/y' } }).headers.getAll('Content-Type')).toEqual(['x/y'])
    expect(new HttpResponse('', { contentType: '' }).headers.has('Content-Type')).toBe(false)
  })

  it('writes other charsets', async () => {
    const response = new HttpResponse('é', { charset: 'latin1' })
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=latin1')
    expect((await send(response)).bytes).toEqual(Buffer.from([0xe9]))
    expect(response.text()).toBe('é')
    expect(new HttpResponse(['é'], { charset: 'utf-16le' }).bytes()).toEqual(Buffer.from([0xe9, 0]))
    expect(() => new HttpResponse('é', { charset: 'klingon' })).toThrow(ResponseError)
    expect(() => new HttpResponse('日', { charset: 'latin1' })).toThrow(ResponseError)
  })

  it.each([204, 304])('sends no content with %i', async (status) => {
    const sent = await send(new HttpResponse('x', { status }))
    expect(sent.bytes.byteLength).toBe(0)
    expect(sent.header('Content-Length')).toBeUndefined()
  })

  it.each([0, 99, 600, 1.5, Number.NaN])('refuses the status %d', async (status) => {
    await expect(async () => send(new HttpResponse('', { status }))).rejects.toThrow(ResponseError)
  })

  it.each([100, 599])('sends the status %d', async (status) => {
    expect((await send(new HttpResponse('', { status }))).status).toMatch(String(status))
  })

  it('refuses a reason that would break the line', async () => {
    await expect(async () => send(new HttpResponse('', { reason: 'OK\r\nX: 1' }))).rejects.toThrow(BadHeaderError)
  })

  it('lets its content be replaced until it is sent', async () => {
    const response = new HttpResponse('a')
    response.content = 'longer'
    response.status = 201
    const sent = await send(response)
    expect([sent.status, sent.bytes.toString(), sent.header('Content-Length')]).toEqual(['201 Created', 'longer', '6'])
  })
})

describe('headers', () => {
  it('are found in any case and keep theirs', () => {
    const headers = new ResponseHeaders([['X-A', '1']])
    headers.append('x-a', '2')
    headers.set('X-B', '3')
    expect(headers.get('X-a')).toBe('1')
    expect(headers.getAll('X-A')).toEqual(['1', '2'])
    headers.set('x-A', '4')
    expect([...headers]).toEqual([
      ['x-A', '4'],
      ['X-B', '3'],
    ])
    headers.setDefault('X-B', '5')
    headers.setDefault('X-C', '6')
    headers.delete('x-a')
    expect([...headers]).toEqual([
      ['X-B', '3'],
      ['X-C', '6'],
    ])
    expect(headers.get('X-A')).toBeUndefined()
    headers.delete('nothing')
  })

  it.each(['a\r\nSet-Cookie: x=1', 'a\nb', 'a\rb', 'a\0b', 'a\x7fb', '日本'])('refuse the value %j', (value) => {
    const headers = new ResponseHeaders()
    expect(() => headers.set('X-A', value)).toThrow(BadHeaderError)
    expect(() => headers.append('X-A', value)).toThrow(BadHeaderError)
    expect(() => headers.setDefault('X-A', value)).toThrow(BadHeaderError)
    expect(() => new HttpResponse('', { headers: { 'X-A': value } })).toThrow(BadHeaderError)
    expect(() => new HttpResponse('', { contentType: value })).toThrow(BadHeaderError)
    expect([...headers]).toEqual([])
  })

  it.each(['', 'X A', 'X:A', 'X-A\r\n', 'é', 'X\0'])('refuse the name %j', (name) => {
    expect(() => new ResponseHeaders().set(name, '1')).toThrow(BadHeaderError)
    expect(() => new ResponseHeaders().append(name, '1')).toThrow(BadHeaderError)
  })
})

describe('cookies', () => {
  it('are set with their attributes', async () => {
    const response = new HttpResponse()
    response.setCookie('session', 'a b', {
      maxAge: 60,
      expires: Temporal.Instant.from('2026-01-01T00:00:00Z'),
      domain: 'example.com',
      path: '/shop',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      partitioned: true,
    })
    expect(parseSetCookie((await send(response)).header('Set-Cookie')!)).toEqual({
      name: 'session',
      value: 'a b',
      maxAge: 60,
      expires: new Date('2026-01-01T00:00:00Z'),
      domain: 'example.com',
      path: '/shop',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      partitioned: true,
    })
  })

  it('stand once for each name, domain and path', () => {
    const response = new HttpResponse()
    response.setCookie('a', '1')
    response.setCookie('b', '2')
    response.setCookie('a', '3')
    response.setCookie('a', '4', { path: '/x' })
    expect(response.setCookieHeaders()).toEqual(['a=3; Path=/', 'b=2; Path=/', 'a=4; Path=/x'])
  })

  it('are deleted, with what the prefix of the name asks for', () => {
    const response = new HttpResponse()
    response.deleteCookie('a', { path: '/x' })
    response.deleteCookie('__Host-b')
    const [plain, host] = response.setCookieHeaders()
    expect(plain).toBe('a=; Max-Age=0; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT')
    expect(host).toContain('; Secure')
  })

  it.each([
    ['', '1', {}],
    ['a b', '1', {}],
    ['a;b', '1', {}],
    ['a\r\n', '1', {}],
    ['a', '1', { domain: 'a;b' }],
    ['a', '1', { path: '/\r\nX: 1' }],
    ['a', '1', { path: '/; HttpOnly' }],
    ['a', '1', { maxAge: 1.5 }],
    ['a', '1', { expires: new Date(Number.NaN) }],
  ])('refuse %j=%j %j', (name, value, options) => {
    expect(() => new HttpResponse().setCookie(name, value, options)).toThrow(BadHeaderError)
  })

  it('carry any text without leaving their line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const response = new HttpResponse()
        response.setCookie('a', value)
        const [line] = response.setCookieHeaders()
        expect(line).toMatch(/^a=[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*; Path=\/$/)
        expect(parseSetCookie(line!).value).toBe(value)
      }),
    )
  })
})

describe('JsonResponse', () => {
  it('writes JSON', async () => {
    const sent = await send(new JsonResponse({ at: Temporal.PlainDate.from('2026-01-02'), list: [1] }))
    expect(sent.header('Content-Type')).toBe('application/json')
    expect(sent.bytes.toString()).toBe('{"at":"2026-01-02","list":[1]}')
    expect(new JsonResponse([1], { space: 1, status: 201 }).text()).toBe('[\n 1\n]')
  })

  it.each([undefined, () => 1, Symbol('x'), 1n])('refuses what JSON has no word for', (data) => {
    expect(() => new JsonResponse(data)).toThrow(ResponseError)
  })
})

describe('redirects', () => {
  it.each([
    [new HttpResponseRedirect('/a'), 302],
    [new HttpResponseRedirect('/a', { preserveRequest: true }), 307],
    [new HttpResponsePermanentRedirect('/a'), 301],
    [new HttpResponsePermanentRedirect('/a', { preserveRequest: true }), 308],
    [new HttpResponseSeeOther('/a'), 303],
  ])('%# have their status', (response, status) => {
    expect([response.status, response.url]).toEqual([status, '/a'])
  })

  it.each([
    ['/é?q=a b', '/%C3%A9?q=a%20b'],
    ['/a%20b?x=100%25', '/a%20b?x=100%25'],
    ['http://[::1]:8000/é', 'http://[::1]:8000/%C3%A9'],
    ['/\\evil.example', '/%5Cevil.example'],
    ['next/page', 'next/page'],
    ['/a:b', '/a:b'],
    ['?page=2', '?page=2'],
    ['HTTPS://example.com/', 'HTTPS://example.com/'],
    ['/a\r\nX: 1', '/a%0D%0AX:%201'],
  ])('to %j', (to, location) => {
    expect(new HttpResponseRedirect(to).url).toBe(location)
  })

  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'mailto:a@b',
  ])('refuse %j', (to) => {
    expect(() => new HttpResponseRedirect(to)).toThrow(DisallowedRedirect)
  })
})

describe('responses named after their status', () => {
  it.each([
    [new HttpResponseBadRequest('x'), 400],
    [new HttpResponseForbidden('x'), 403],
    [new HttpResponseNotFound('x'), 404],
    [new HttpResponseNotAllowed(['GET', 'HEAD'], 'x'), 405],
    [new HttpResponseGone('x'), 410],
    [new HttpResponseServerError('x'), 500],
  ])('%# have it', (response, status) => {
    expect([response.status, response.text()]).toEqual([status, 'x'])
  })

  it('say what is allowed', () => {
    expect(new HttpResponseNotAllowed(['GET', 'HEAD']).headers.get('Allow')).toBe('GET, HEAD')
    expect(new HttpResponseNotAllowed([]).headers.get('Allow')).toBe('')
  })

  it('say nothing of content that is not there', async () => {
    expect((await send(new HttpResponseNotModified())).headers).toEqual([])
  })
})

describe('StreamingHttpResponse', () => {
  it('sends what it is given, piece by piece, without a length', async () => {
    async function* count(): AsyncGenerator<string> {
      yield 'a'
      yield 'é'
    }
    const response = new StreamingHttpResponse(count(), { contentType: 'text/plain' })
    expect(response.streaming).toBe(true)
    expect(() => response.content).toThrow(ResponseError)
    expect(() => {
      response.content = 'x'
    }).toThrow(ResponseError)
    const sent = await send(response)
    expect(sent.headers).toEqual([['Content-Type', 'text/plain']])
    expect(sent.bytes.toString()).toBe('aé')
  })

  it('can be wrapped on the way out', async () => {
    const response = new StreamingHttpResponse(['a', 'b'])
    const inner = response.streamingContent
    response.streamingContent = (async function* () {
      for await (const chunk of inner) yield String(chunk).toUpperCase()
    })()
    expect((await send(response)).bytes.toString()).toBe('AB')
  })
})

describe('Vary', () => {
  it('names each header once', () => {
    const response = new HttpResponse('', { headers: { Vary: 'Accept, cookie' } })
    patchVaryHeaders(response, ['Cookie', 'Accept-Language'])
    expect(response.headers.get('Vary')).toBe('Accept, cookie, Accept-Language')
    expect(hasVaryHeader(response, 'COOKIE')).toBe(true)
    expect(hasVaryHeader(response, 'Accept-Encoding')).toBe(false)
    patchVaryHeaders(response, ['*'])
    expect(response.headers.get('Vary')).toBe('*')
    patchVaryHeaders(response, ['Cookie'])
    expect(response.headers.get('Vary')).toBe('*')
  })
})

it('says what it cannot send', () => {
  for (const content of [{ a: 1 }, null, 3, Promise.resolve('x')]) {
    expect(() => new HttpResponse(content as unknown as string)).toThrow(/The content of a response is text, bytes/)
  }
})

it('is shown for people', () => {
  const response = new HttpResponse('x', { status: 404 })
  expect(inspect(response)).toBe('HttpResponse { 404 Not Found, text/html; charset=utf-8 }')
  expect(inspect(response.headers)).toContain("'Content-Type'")
  expect(inspect(new HttpRequest(makeEnviron({ PATH_INFO: '/a', QUERY_STRING: 'b=1' })))).toBe(
    'HttpRequest { GET /a?b=1 }',
  )
  expect(inspect(QueryDict.parse('a=1&a=2'))).toBe("Map(1) { 'a' => [ '1', '2' ] }")
})

it('redirects to URL objects', () => {
  expect(new HttpResponseRedirect(new URL('https://example.com/a b')).url).toBe('https://example.com/a%20b')
  expect(() => new HttpResponseRedirect(new URL('javascript:alert(1)'))).toThrow(DisallowedRedirect)
})
