/** Clients that mean harm, on raw sockets. Whatever they send, the server refuses or bears it, and answers all others meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Application, ServerOptions } from '../src/index.ts'
import type { RawClient } from './raw-client.ts'
import { get, startServer, type TestServer, until } from './start-server.ts'

const text = [['Content-Type', 'text/plain']] as const

interface Besieged extends TestServer {
  /** The paths that reached the application, in order. */
  readonly paths: string[]
  /** Asks as a client that has nothing to do with the others, and has to be answered. */
  stillAnswers(): Promise<void>
}

async function besieged(options: ServerOptions = {}, application?: Application): Promise<Besieged> {
  const paths: string[] = []
  const server = await startServer(async (environ, startResponse) => {
    paths.push(environ.PATH_INFO)
    if (application && environ.PATH_INFO !== '/well') return application(environ, startResponse)
    let size = 0
    for await (const chunk of environ['gateway.input']) size += chunk.length
    startResponse('200 OK', text)
    return `${environ.PATH_INFO} ${size} ${environ.HTTP_HOST ?? ''}`
  }, options)
  const friend = await server.connect()
  return {
    ...server,
    paths,
    async stillAnswers() {
      friend.send(get('/well'))
      expect((await friend.response()).body.toString()).toBe('/well 0 example.com')
      // and one that comes anew
      const other = await server.connect()
      other.send(get('/well', 'Connection: close\r\n'))
      expect((await other.response()).status).toBe(200)
      other.close()
    },
  }
}

/** Sends the bytes of `message` one after the other, until the server has had enough. */
async function dribble(client: RawClient, message: string): Promise<void> {
  for (const byte of message) {
    if (client.hasEnded) return
    client.send(byte)
    await sleep(10)
  }
}

describe('slow clients', () => {
  const timeouts = { headersTimeoutMs: 300, requestTimeoutMs: 600 }

  test.each([
    ['headers', `GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ${'x'.repeat(2000)}`],
    ['a body', `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n${'x'.repeat(2000)}`],
    ['chunks', `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(400)}`],
    ['a request line', `GET /${'x'.repeat(2000)}`],
  ])('that dribble %s are cut off, fifty at once', async (_, message) => {
    const site = await besieged(timeouts)
    const clients = await Promise.all(Array.from({ length: 50 }, () => site.connect()))
    const dribbling = Promise.all(clients.map((client) => dribble(client, message)))
    await sleep(100)
    await site.stillAnswers()
    await dribbling
    for (const client of clients) expect((await client.response()).status).toBe(408)
    await site.stillAnswers()
  })

  test('that never say a word hold nobody up', async () => {
    const site = await besieged(timeouts)
    const clients = await Promise.all(Array.from({ length: 100 }, () => site.connect()))
    await site.stillAnswers()
    await Promise.all(clients.map((client) => client.ended()))
    await site.stillAnswers()
  })

  test('that take no answer are cut off, and what they asked is not made for them', async () => {
    let made = 0
    const site = await besieged({ sendTimeoutMs: 300 }, (_, startResponse) => {
      startResponse('200 OK', text)
      return (function* () {
        for (; made < 1000; made += 1) yield 'x'.repeat(1024 * 1024)
      })()
    })
    const client = await site.connect()
    client.socket.pause()
    client.send(get('/large'))
    await until(() => made > 0)
    await site.stillAnswers()
    await sleep(600)
    expect(made).toBeLessThan(100)
    await site.stillAnswers()
  })
})

describe('many requests at once on one connection', () => {
  test('are answered in order', async () => {
    const site = await besieged()
    const client = await site.connect()
    client.send(Array.from({ length: 500 }, (_, nth) => get(`/${nth}`)).join(''))
    await site.stillAnswers()
    for (let nth = 0; nth < 500; nth += 1) {
      expect((await client.response()).body.toString()).toBe(`/${nth} 0 example.com`)
    }
  })

  test('whose answers nobody takes hold nobody else up', async () => {
    const site = await besieged({}, async (_, startResponse) => {
      await sleep(5)
      startResponse('200 OK', text)
      return 'x'.repeat(100_000)
    })
    const client = await site.connect()
    client.socket.pause()
    client.send(Array.from({ length: 500 }, () => get('/large')).join(''))
    await sleep(200)
    await site.stillAnswers()
    client.socket.resetAndDestroy()
    await site.stillAnswers()
  })
})

describe('clients that leave in the middle', () => {
  const halves = [
    ['of a request line', 'GET /half'],
    ['of the headers', 'GET /half HTTP/1.1\r\nHost: a\r\nX-'],
    ['of a body', 'POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf'],
    ['of a chunk', 'POST /half HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf'],
    ['between chunks', 'POST /half HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
  ] as const

  test.each(halves)('%s, by closing their side', async (_, half) => {
    const site = await besieged({ halfCloseTimeoutMs: 200 })
    const client = await site.connect()
    client.socket.end(half)
    await site.stillAnswers()
    await client.ended()
    expect(site.log).toEqual([])
  })

  test.each(halves)('%s, by a reset', async (_, half) => {
    const site = await besieged()
    const client = await site.connect()
    client.send(half)
    await sleep(20)
    client.socket.resetAndDestroy()
    await site.stillAnswers()
    expect(site.log).toEqual([])
  })
})

describe('what is too large', () => {
  test.each<[string, string, readonly number[]]>([
    ['a request line', get(`/${'x'.repeat(1_000_000)}`), [431]],
    ['one header', get('/', `X: ${'x'.repeat(1_000_000)}\r\n`), [431]],
    ['many headers', get('/', 'X: y\r\n'.repeat(200_000)), [431]],
    ['the name of a header', get('/', `${'x'.repeat(1_000_000)}: y\r\n`), [431]],
    ['a method', get('/').replace('GET', 'G'.repeat(100_000)), [400]],
    [
      'a chunk extension',
      `POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(1_000_000)}\r\na\r\n`,
      [413],
    ],
    [
      'trailers',
      `POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'X: y\r\n'.repeat(200_000)}\r\n`,
      [431, 400],
    ],
    [
      'the size of a chunk',
      'POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\na\r\n',
      [400],
    ],
    [
      'a chunk',
      `POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n${'x'.repeat(2_000_000)}`,
      [413],
    ],
    ['a length', 'POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\na', [400, 413]],
  ])('%s is refused', async (_, request, statuses) => {
    const site = await besieged({ maxBodyBytes: 1_000_000 })
    const client = await site.connect()
    client.send(request)
    const response = await client.response()
    expect(statuses).toContain(response.status)
    await client.ended()
    expect(site.paths.filter((path) => path !== '/a')).toEqual([])
    await site.stillAnswers()
  })
})

const post = (headers: string, body: string): string => `POST /one HTTP/1.1\r\nHost: a\r\n${headers}\r\n${body}`
const chunked = 'Transfer-Encoding: chunked\r\n'
const smuggled = get('/smuggled')

// Each is followed by another request on the same connection, which must not reach the application: whoever stands in front may
// have taken it for a part of the body.
describe('smuggling', () => {
  test.each<[string, string]>([
    ['a length and chunks', post(`Content-Length: 5\r\n${chunked}`, '0\r\n\r\n')],
    ['chunks and a length', post(`${chunked}Content-Length: 5\r\n`, '0\r\n\r\n')],
    ['chunks and the length 0', post(`${chunked}Content-Length: 0\r\n`, '0\r\n\r\n')],
    ['two lengths', post('Content-Length: 5\r\nContent-Length: 6\r\n', 'hello')],
    ['two lengths in other cases', post('Content-Length: 5\r\ncontent-length: 6\r\n', 'hello')],
    ['the same length twice', post('Content-Length: 5\r\nContent-Length: 5\r\n', 'hello')],
    ['a list of lengths', post('Content-Length: 5, 5\r\n', 'hello')],
    ['a list of different lengths', post('Content-Length: 5, 6\r\n', 'hello')],
    ['a length with a sign', post('Content-Length: +5\r\n', 'hello')],
    ['a negative length', post('Content-Length: -5\r\n', 'hello')],
    ['a length in hexadecimal', post('Content-Length: 0x5\r\n', 'hello')],
    ['a length with a fraction', post('Content-Length: 5.0\r\n', 'hello')],
    ['a length with a blank inside', post('Content-Length: 1 5\r\n', 'hello')],
    ['an empty length', post('Content-Length:\r\n', 'hello')],
    ['a length with a vertical tab', post('Content-Length: 5\x0b\r\n', 'hello')],
    ['a blank before the colon', post('Content-Length : 5\r\n', 'hello')],
    ['a tab before the colon', post('Transfer-Encoding\t: chunked\r\n', '0\r\n\r\n')],
    ['chunks that are folded', post('Transfer-Encoding:\r\n chunked\r\n', '0\r\n\r\n')],
    ['a folded length', post('Content-Length:\r\n 5\r\n', 'hello')],
    ['a folded header', post('X-Folded: a\r\n b\r\nContent-Length: 5\r\n', 'hello')],
    ['identity', post('Transfer-Encoding: identity\r\n', 'hello')],
    ['chunked, identity', post('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n')],
    ['chunked twice', post('Transfer-Encoding: chunked, chunked\r\n', '0\r\n\r\n')],
    ['two codings in two headers', post('Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n')],
    ['a coding in quotes', post('Transfer-Encoding: "chunked"\r\n', '0\r\n\r\n')],
    ['a coding with a vertical tab', post('Transfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n')],
    ['a coding with a parameter', post('Transfer-Encoding: chunked;q=1\r\n', '0\r\n\r\n')],
    ['xchunked', post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n')],
    ['line feeds alone', 'POST /one HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello'],
    ['a line feed in a header', post('X: a\nContent-Length: 5\r\n', 'hello')],
    ['a carriage return in a header', post('X: a\rContent-Length: 5\r\n', 'hello')],
    ['a carriage return before a length', post('\rContent-Length: 5\r\n', 'hello')],
    ['a NUL in a header', post('X: a\0b\r\nContent-Length: 5\r\n', 'hello')],
    ['a NUL in the name of a header', post('X\0: b\r\nContent-Length: 5\r\n', 'hello')],
    ['a header without a name', post(': b\r\nContent-Length: 5\r\n', 'hello')],
    ['a header without a colon', post('Broken\r\nContent-Length: 5\r\n', 'hello')],
    ['a blank before the first header', `POST /one HTTP/1.1\r\n Host: a\r\nContent-Length: 5\r\n\r\nhello`],
    ['the size of a chunk with a sign', post(chunked, '+5\r\nhello\r\n0\r\n\r\n')],
    ['a negative size', post(chunked, '-5\r\nhello\r\n0\r\n\r\n')],
    ['a size with 0x', post(chunked, '0x5\r\nhello\r\n0\r\n\r\n')],
    ['a size with a blank before it', post(chunked, ' 5\r\nhello\r\n0\r\n\r\n')],
    ['no size', post(chunked, '\r\nhello\r\n0\r\n\r\n')],
    ['a chunk that is longer than it says', post(chunked, '4\r\nhello\r\n0\r\n\r\n')],
    ['a chunk without its line break', post(chunked, '5\r\nhello0\r\n\r\n')],
    ['a chunk that ends in a line feed', post(chunked, '5\r\nhello\n0\r\n\r\n')],
    ['a size that ends in a line feed', post(chunked, '5\nhello\r\n0\r\n\r\n')],
    ['a line feed in a chunk extension', post(chunked, '5;a\nhello\r\n0\r\n\r\n')],
    ['a trailer that is a length', post(chunked, '5\r\nhello\r\n0\r\nContent-Length: 1\r\n\r\n')],
    ['a trailer without a name', post(chunked, '5\r\nhello\r\n0\r\n: x\r\n\r\n')],
    ['two Hosts', 'GET /one HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['no Host', 'GET /one HTTP/1.1\r\n\r\n'],
    ['a Host with a NUL', 'GET /one HTTP/1.1\r\nHost: a\0b\r\n\r\n'],
    ['a Host with a comma', 'GET /one HTTP/1.1\r\nHost: a, b\r\n\r\n'],
    ['a Host with credentials', 'GET /one HTTP/1.1\r\nHost: me@a\r\n\r\n'],
    ['a target with credentials', 'GET http://me@a/one HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a target of another scheme', 'GET ftp://a/one HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a target that is no path', 'GET one HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a target with a blank', 'GET /one two HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a target with a tab', 'GET /one\ttwo HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['HTTP/0.9', 'GET /one\r\n'],
    ['HTTP/1.2', 'GET /one HTTP/1.2\r\nHost: a\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a method in lower case', 'get /one HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('by %s: what follows reaches nobody', async (_, request) => {
    const site = await besieged()
    const client = await site.connect()
    client.send(Buffer.from(request + smuggled + smuggled, 'latin1'))
    const answers = await client.rest()
    const statuses = [...answers.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
    expect(statuses.length).toBeGreaterThan(0)
    expect(statuses.at(-1)).toBeGreaterThanOrEqual(400)
    expect(site.paths).not.toContain('/smuggled')
    await site.stillAnswers()
  })

  test('an absolute target goes before a Host that says otherwise, for good', async () => {
    const site = await besieged()
    const client = await site.connect()
    client.send('GET http://real.example/one HTTP/1.1\r\nHost: other.example\r\n\r\n')
    expect((await client.response()).body.toString()).toBe('/one 0 real.example')
    client.send(get('/two'))
    expect((await client.response()).body.toString()).toBe('/two 0 example.com')
  })

  test.each([
    ['a body of GET', 'GET /one HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello', '/one 5 a'],
    ['chunks of GET', `GET /one HTTP/1.1\r\nHost: a\r\n${chunked}\r\n5\r\nhello\r\n0\r\n\r\n`, '/one 5 a'],
    ['blank lines before a request', '\r\n\r\nGET /one HTTP/1.1\r\nHost: a\r\n\r\n', '/one 0 a'],
    ['zeros before a length', post('Content-Length: 0005\r\n', 'hello'), '/one 5 a'],
    ['zeros before a size', post(chunked, '0005\r\nhello\r\n000\r\n\r\n'), '/one 5 a'],
    ['CHUNKED', post('TRANSFER-ENCODING: CHUNKED\r\n', '5\r\nhello\r\n0\r\n\r\n'), '/one 5 a'],
    ['trailers', post(chunked, '5\r\nhello\r\n0\r\nX-Trailer: 1\r\nHost: evil\r\n\r\n'), '/one 5 a'],
  ])('what is odd and clear is read as it is meant: %s', async (_, request, expected) => {
    const site = await besieged()
    const client = await site.connect()
    client.send(request + get('/next'))
    expect((await client.response()).body.toString()).toBe(expected)
    expect((await client.response()).body.toString()).toBe('/next 0 example.com')
  })
})
