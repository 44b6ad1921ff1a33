import { expect } from 'vitest'
import type { RawClient } from './raw-client.ts'

/** One case that every server passes, whatever stands in front of it. */
export interface ServerCase {
  readonly name: string
  /** What a proxy in front decides by itself. */
  readonly isBetweenNeighbours?: boolean
  run(client: RawClient): Promise<void>
}

const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\nHost: example.com\r\n${headers}\r\n`

async function environOf(client: RawClient, request: string): Promise<Record<string, string>> {
  client.send(request)
  const response = await client.response()
  expect(response.status).toBe(200)
  return JSON.parse(response.body.toString())
}

/** What an application answers, as its client sees it. */
export const answerCases: readonly ServerCase[] = [
  {
    name: 'answers a string with its length in bytes',
    async run(client) {
      client.send(get('/hello'))
      const response = await client.response()
      expect(response).toMatchObject({ version: 'HTTP/1.1', status: 200, reason: 'OK' })
      expect(response.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'content-length': '13' })
      expect(response.headers.date).toBeDefined()
      expect(response.body.toString()).toBe('Hello, World!')
    },
  },
  {
    name: 'answers bytes as they are',
    async run(client) {
      client.send(get('/bytes'))
      expect([...(await client.response()).body]).toEqual([0, 255, 13, 10])
    },
  },
  {
    name: 'answers a list of chunks',
    async run(client) {
      client.send(get('/list'))
      expect((await client.response()).body.toString()).toBe('naïve')
    },
  },
  {
    name: 'answers an empty iterable with length 0',
    async run(client) {
      client.send(get('/nothing'))
      expect((await client.response()).headers['content-length']).toBe('0')
    },
  },
  {
    name: 'streams an asynchronous iterable in chunks',
    async run(client) {
      client.send(get('/stream'))
      const response = await client.response()
      expect(response.headers['transfer-encoding']).toBe('chunked')
      expect(response).toMatchObject({ complete: true, body: Buffer.from('one two three') })
    },
  },
  {
    name: 'streams more than any buffer holds',
    async run(client) {
      client.send(get('/large'))
      const response = await client.response()
      expect(response.complete).toBe(true)
      expect(response.body.length).toBe(200 * 32 * 1024)
    },
  },
  {
    name: 'sends repeated headers apart',
    async run(client) {
      client.send(get('/cookies'))
      const response = await client.response()
      expect(response).toMatchObject({ status: 302, reason: 'Found' })
      expect(response.headers['set-cookie']).toBe('a=1\nb=2')
    },
  },
  {
    name: 'sends no body and no length with 204',
    async run(client) {
      client.send(get('/no-content') + get('/hello'))
      const response = await client.response()
      expect(response.status).toBe(204)
      expect(response.headers['content-length']).toBeUndefined()
      expect(response.headers['transfer-encoding']).toBeUndefined()
      expect((await client.response()).body.toString()).toBe('Hello, World!')
    },
  },
  {
    name: 'sends no body with 304',
    async run(client) {
      client.send(get('/not-modified') + get('/hello'))
      expect(await client.response()).toMatchObject({ status: 304, headers: { etag: '"x"' } })
      expect((await client.response()).body.toString()).toBe('Hello, World!')
    },
  },
  {
    name: 'answers HEAD as GET without the body',
    async run(client) {
      for (const path of ['/hello', '/stream', '/large']) client.send(get(path).replace('GET', 'HEAD'))
      expect((await client.response('HEAD')).headers['content-length']).toBe('13')
      expect((await client.response('HEAD')).status).toBe(200)
      expect((await client.response('HEAD')).status).toBe(200)
      client.send(get('/hello'))
      expect((await client.response()).body.toString()).toBe('Hello, World!')
    },
  },
  {
    name: 'lets an error replace the response that was not sent yet',
    async run(client) {
      client.send(get('/replaces'))
      const response = await client.response()
      expect(response.status).toBe(503)
      expect(response.headers['x-first']).toBeUndefined()
      expect(response.body.toString()).toBe('replaced')
    },
  },
  {
    name: 'answers 500 when the application throws',
    async run(client) {
      client.send(get('/fails') + get('/hello'))
      const response = await client.response()
      expect(response.status).toBe(500)
      expect(response.body.toString()).not.toContain('failed before')
      expect((await client.response()).status).toBe(200)
    },
  },
  {
    name: 'cuts the response when the application throws in the middle',
    async run(client) {
      client.send(get('/fails-late'))
      const response = await client.response()
      expect(response).toMatchObject({ status: 200, complete: false, body: Buffer.from('so far so good') })
    },
  },
  {
    name: 'never sends a header that holds a line break',
    async run(client) {
      client.send(get('/injects'))
      const response = await client.response()
      expect(response.status).toBe(500)
      expect(response.headers['x-injected']).toBeUndefined()
    },
  },
]

/** What a client asks, as the application sees it. */
export const requestCases: readonly ServerCase[] = [
  {
    name: 'decodes the path as UTF-8 and leaves the query as it was sent',
    async run(client) {
      client.send(get('/caf%C3%A9/a%2Fb?q=caf%C3%A9&r=a%20b'))
      const response = await client.response()
      expect(response.status).toBe(404)
      expect(response.body.toString()).toBe('no view at /café/a/b')
    },
  },
  {
    name: 'gives the names of the contract',
    async run(client) {
      const environ = await environOf(
        client,
        get('/environ?a=%41', 'X-Forwarded-By: me\r\nX_Forged: no\r\nCookie: a=1; b=2\r\nAccept: a\r\nAccept: b\r\n'),
      )
      expect(environ).toMatchObject({
        REQUEST_METHOD: 'GET',
        SCRIPT_NAME: '',
        PATH_INFO: '/environ',
        QUERY_STRING: 'a=%41',
        REQUEST_URI: '/environ?a=%41',
        HTTP_HOST: 'example.com',
        HTTP_X_FORWARDED_BY: 'me',
        HTTP_COOKIE: 'a=1; b=2',
        HTTP_ACCEPT: 'a, b',
        'gateway.version': [1, 0],
        'gateway.urlScheme': 'http',
      })
      expect(environ.SERVER_NAME).toMatch(/./)
      expect(environ.SERVER_PORT).toMatch(/^\d+$/)
      expect(Object.keys(environ)).not.toContain('HTTP_X_FORGED')
    },
  },
  {
    name: 'has the content headers without HTTP_',
    async run(client) {
      const environ = await environOf(
        client,
        `POST /environ HTTP/1.1\r\nHost: example.com\r\nContent-Type: a/b\r\nContent-Length: 2\r\n\r\nhi`,
      )
      expect(environ).toMatchObject({ REQUEST_METHOD: 'POST', CONTENT_TYPE: 'a/b', CONTENT_LENGTH: '2' })
      expect(environ).not.toHaveProperty('HTTP_CONTENT_TYPE')
      expect(environ).not.toHaveProperty('HTTP_CONTENT_LENGTH')
    },
  },
  ...['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'REPORT', 'QUERY'].map((method) => ({
    name: `passes ${method} through`,
    async run(client: RawClient) {
      const environ = await environOf(client, get('/environ').replace('GET', method))
      expect(environ.REQUEST_METHOD).toBe(method)
    },
  })),
  {
    name: 'takes an absolute target, whose host goes before the header',
    async run(client) {
      const environ = await environOf(client, 'GET http://example.com/environ?x HTTP/1.1\r\nHost: example.com\r\n\r\n')
      expect(environ).toMatchObject({ HTTP_HOST: 'example.com', PATH_INFO: '/environ', QUERY_STRING: 'x' })
    },
  },
  {
    name: 'gives a body with a length to the application',
    async run(client) {
      client.send('POST /echo HTTP/1.1\r\nHost: example.com\r\nContent-Type: text/x\r\nContent-Length: 5\r\n\r\nhe')
      client.send('llo')
      const response = await client.response()
      expect(response.headers['content-type']).toBe('text/x')
      expect(response.body.toString()).toBe('hello')
    },
  },
  {
    name: 'gives a body in chunks to the application',
    async run(client) {
      client.send('POST /echo HTTP/1.1\r\nHost: example.com\r\nTransfer-Encoding: chunked\r\n\r\n')
      client.send('5\r\nhello\r\n1;name=value\r\n!\r\n0\r\nTrailer: x\r\n\r\n')
      expect((await client.response()).body.toString()).toBe('hello!')
    },
  },
  {
    name: 'gives an empty body where there is none',
    async run(client) {
      client.send(get('/count') + get('/count'))
      expect((await client.response()).body.toString()).toBe('0')
      expect((await client.response()).body.toString()).toBe('0')
    },
  },
  {
    name: 'streams a large upload',
    async run(client) {
      const size = 3 * 1024 * 1024
      client.send(`PUT /count HTTP/1.1\r\nHost: example.com\r\nContent-Length: ${size}\r\n\r\n`)
      for (let sent = 0; sent < size; sent += 64 * 1024) client.send(new Uint8Array(64 * 1024))
      expect((await client.response()).body.toString()).toBe(String(size))
    },
  },
  {
    name: 'keeps the connection after a small body that nobody read',
    async run(client) {
      client.send(
        `POST /hello HTTP/1.1\r\nHost: example.com\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(1000)}${get('/hello')}`,
      )
      expect((await client.response()).status).toBe(200)
      expect((await client.response()).body.toString()).toBe('Hello, World!')
    },
  },
  {
    name: 'answers before a large body that nobody reads',
    async run(client) {
      client.send('POST /hello HTTP/1.1\r\nHost: example.com\r\nContent-Length: 2000000\r\n\r\n')
      client.send(new Uint8Array(2_000_000))
      expect((await client.response()).body.toString()).toBe('Hello, World!')
    },
  },
  {
    name: 'keeps the connection after a body that was read in part',
    async run(client) {
      client.send(`POST /first-chunk HTTP/1.1\r\nHost: example.com\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(500)}`)
      client.send(`${'x'.repeat(500)}${get('/hello')}`)
      expect((await client.response()).body.toString()).toBe('true')
      expect((await client.response()).body.toString()).toBe('Hello, World!')
    },
  },
]

const connections: ServerCase[] = [
  {
    name: 'answers HTTP/1.0 without a Host and ends the connection',
    async run(client) {
      client.send('GET /hello HTTP/1.0\r\n\r\n')
      const response = await client.response()
      expect(response.status).toBe(200)
      expect(response.headers['transfer-encoding']).toBeUndefined()
      expect(response.body.toString()).toBe('Hello, World!')
      expect(await client.rest()).toBe('')
    },
  },
  {
    name: 'keeps an HTTP/1.0 connection alive when asked to',
    async run(client) {
      for (let i = 0; i < 2; i++) {
        client.send('GET /hello HTTP/1.0\r\nHost: example.com\r\nConnection: keep-alive\r\n\r\n')
        const response = await client.response()
        expect(response.headers.connection).toBe('keep-alive')
        expect(response.body.toString()).toBe('Hello, World!')
      }
    },
  },
  {
    name: 'streams to HTTP/1.0 up to the end of the connection',
    async run(client) {
      client.send('GET /stream HTTP/1.0\r\n\r\n')
      const response = await client.response()
      expect(response.headers['transfer-encoding']).toBeUndefined()
      expect(response.body.toString()).toBe('one two three')
    },
  },
  {
    name: 'answers a client that closed its sending side',
    isBetweenNeighbours: true,
    async run(client) {
      client.socket.end('GET /hello HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n')
      expect((await client.response()).body.toString()).toBe('Hello, World!')
    },
  },
  {
    name: 'keeps the connection alive',
    async run(client) {
      for (let i = 0; i < 3; i++) {
        client.send(get('/hello'))
        expect((await client.response()).status).toBe(200)
      }
    },
  },
  {
    name: 'closes the connection when asked to',
    async run(client) {
      client.send(get('/hello', 'Connection: close\r\n'))
      expect((await client.response()).headers.connection).toBe('close')
      expect(await client.rest()).toBe('')
    },
  },
  {
    name: 'answers pipelined requests in their order',
    async run(client) {
      client.send(get('/slow?60') + get('/hello') + get('/stream') + get('/nothing'))
      const bodies: string[] = []
      for (let i = 0; i < 4; i++) bodies.push((await client.response()).body.toString())
      expect(bodies).toEqual(['slow', 'Hello, World!', 'one two three', ''])
    },
  },
  {
    name: 'takes a request that arrives byte by byte',
    async run(client) {
      client.socket.setNoDelay(true)
      for (const byte of get('/hello')) {
        client.send(byte)
        await new Promise((resolve) => setImmediate(resolve))
      }
      expect((await client.response()).body.toString()).toBe('Hello, World!')
    },
  },
  {
    name: 'ignores an upgrade that it does not offer',
    async run(client) {
      client.send(get('/hello', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'))
      expect((await client.response()).body.toString()).toBe('Hello, World!')
    },
  },
  {
    name: 'sends 100 Continue to a client that waits for it',
    async run(client) {
      client.send('POST /count HTTP/1.1\r\nHost: example.com\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n')
      expect((await client.response()).status).toBe(100)
      client.send('abc')
      expect((await client.response()).body.toString()).toBe('3')
    },
  },
]

type Malformed = readonly (readonly [name: string, request: string, statuses: readonly number[]])[]

const malformedRequests: Malformed = [
  ['a path that is not UTF-8', get('/caf%C3'), [400]],
  ['a path with a broken escape', get('/%zz'), [400]],
  ['a path with a NUL', get('/a%00b'), [400]],
  ['a declared body above the limit', 'POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n', [413]],
  ['CONNECT', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n', [501, 405, 400]],
]

// After one of these nobody can say where the next request begins.
const malformedFraming: Malformed = [
  ['something that is not HTTP', 'HELLO\r\n\r\n', [400]],
  ['HTTP/1.1 without a Host', 'GET / HTTP/1.1\r\n\r\n', [400]],
  ['two Hosts', 'GET / HTTP/1.1\r\nHost: a.com\r\nHost: b.com\r\n\r\n', [400]],
  ['a Host with a path', 'GET / HTTP/1.1\r\nHost: a.com/evil\r\n\r\n', [400]],
  ['a Host with a space', 'GET / HTTP/1.1\r\nHost: a.com evil\r\n\r\n', [400]],
  [
    'two different lengths',
    'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    [400],
  ],
  ['a length twice', 'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na', [400]],
  ['a length that is no number', 'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\na', [400]],
  ['a negative length', 'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n', [400]],
  [
    'length and chunks at once',
    `POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${get('/smuggled')}`,
    [400],
  ],
  [
    'a coding that is not known',
    'POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
    [400, 501],
  ],
  ['a disguised coding', 'POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n', [400, 501]],
  ['chunks in HTTP/1.0', 'POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', [400, 501]],
  ['a space before a colon', 'GET / HTTP/1.1\r\nHost: a\r\nX-Name : b\r\n\r\n', [400]],
  [
    'a chunk size that is no number',
    'POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n',
    [400],
  ],
  ['headers above the limit', get('/hello', `X-Large: ${'x'.repeat(100_000)}\r\n`), [431, 400]],
]

const refusals: ServerCase[] = [...malformedRequests, ...malformedFraming].map((row) => ({
  name: `refuses ${row[0]}`,
  async run(client) {
    const [, request, statuses] = row
    client.send(request + get('/hello'))
    const response = await client.response()
    expect(statuses).toContain(response.status)
    expect(response.complete).toBe(true)
    if (malformedFraming.includes(row)) expect(await client.rest()).toBe('')
  },
}))

export const serverCases: readonly ServerCase[] = [...answerCases, ...requestCases, ...connections, ...refusals]
