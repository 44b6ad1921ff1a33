import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Application, type FetchOptions, toFetchHandler } from '../src/index.ts'
import { casesApplication } from './cases-application.ts'
import { until } from './start-server.ts'

const text = [['Content-Type', 'text/plain']] as const
const log: string[] = []
const handle = (application: Application, options: FetchOptions = {}) =>
  toFetchHandler(application, { errors: { write: (line) => log.push(line) }, ...options })

/** A request whose body is given piece by piece. */
function streaming(pieces: AsyncIterable<Uint8Array>, signal?: AbortSignal): Request {
  const init = { method: 'POST', body: ReadableStream.from(pieces), duplex: 'half', signal: signal ?? null }
  return new Request('https://example.com/', init as RequestInit)
}

test('the environ tells what the request does', async () => {
  const fetch = toFetchHandler(casesApplication, {
    remoteAddress: (_request, info: { remoteAddr: { hostname: string } }) => info.remoteAddr.hostname,
  })
  const request = new Request('https://example.com:8443/environ?a=%41&b', {
    method: 'POST',
    body: 'hello',
    headers: { 'Content-Type': 'text/x', 'Content-Length': '5', Cookie: 'a=1; b=2', X_Forged: 'no', 'X-Real': 'yes' },
  })
  const response = await fetch(request, { remoteAddr: { hostname: '192.0.2.7' } })
  const environ = await response.json()
  expect(environ).toMatchObject({
    REQUEST_METHOD: 'POST',
    SCRIPT_NAME: '',
    PATH_INFO: '/environ',
    QUERY_STRING: 'a=%41&b',
    REQUEST_URI: '/environ?a=%41&b',
    CONTENT_TYPE: 'text/x',
    CONTENT_LENGTH: '5',
    SERVER_NAME: 'example.com',
    SERVER_PORT: '8443',
    REMOTE_ADDR: '192.0.2.7',
    HTTP_HOST: 'example.com:8443',
    HTTP_COOKIE: 'a=1; b=2',
    HTTP_X_REAL: 'yes',
    'gateway.urlScheme': 'https',
    'gateway.multiprocess': true,
    'gateway.runOnce': false,
  })
  expect(environ).not.toHaveProperty('HTTP_X_FORGED')
})

test('a path that cannot be decoded never reaches the application', async () => {
  let calls = 0
  const fetch = handle((_, startResponse) => {
    calls += 1
    startResponse('200 OK', text)
    return 'x'
  })
  for (const path of ['/%ff', '/%', '/a%00']) {
    const response = await fetch(new Request(`http://example.com${path}`))
    expect([response.status, await response.text()]).toEqual([400, '400 Bad Request: the path is malformed\n'])
  }
  expect(calls).toBe(0)
})

test('a body above the limit is answered 413, declared or not', async () => {
  const fetch = handle(casesApplication, { maxBodyBytes: 10 })
  const declared = new Request('http://a/count', { method: 'POST', body: 'x', headers: { 'Content-Length': '11' } })
  expect((await fetch(declared)).status).toBe(413)
  const pieces = async function* () {
    for (let sent = 0; sent < 5; sent += 1) yield Buffer.alloc(3)
  }
  const count: Application = (environ, startResponse) =>
    casesApplication({ ...environ, PATH_INFO: '/count' }, startResponse)
  expect((await handle(count, { maxBodyBytes: 10 })(streaming(pieces()))).status).toBe(413)
  expect(await (await handle(count, { maxBodyBytes: 15 })(streaming(pieces()))).text()).toBe('15')
})

test('both bodies are streamed, at once', async () => {
  const fetch = handle((environ, startResponse) => {
    startResponse('200 OK', text)
    return (async function* () {
      for await (const chunk of environ['gateway.input']) yield `<${Buffer.from(chunk)}>`
    })()
  })
  const turns = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const { promise } of turns) yield Buffer.from(await promise)
  }
  const answering = fetch(streaming(pieces()))
  turns[0]!.resolve('one')
  const reader = (await answering).body!.getReader()
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('<one>')
  turns[1]!.resolve('two')
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('<two>')
  expect((await reader.read()).done).toBe(true)
})

test('a body is read no faster than it is taken, and let go when it is cancelled', async () => {
  let given = 0
  let isClosed = false
  let signal: AbortSignal | undefined
  const fetch = handle((environ, startResponse) => {
    signal = environ['gateway.signal']
    startResponse('200 OK', text)
    return (function* () {
      try {
        for (;;) {
          given += 1
          yield 'x'
        }
      } finally {
        isClosed = true
      }
    })()
  })
  const reader = (await fetch(new Request('http://a/'))).body!.getReader()
  await reader.read()
  await sleep(20)
  expect(given).toBeLessThan(5)
  await reader.cancel()
  await until(() => isClosed)
  expect(signal!.aborted).toBe(true)
  expect(signal!.reason).toMatchObject({ code: 'client-gone' })
})

test('a client that goes away aborts the signal, reading the input, and a body that waits', async () => {
  const client = new AbortController()
  const failure = Promise.withResolvers<unknown>()
  const reading = handle(async (environ, startResponse) => {
    try {
      for await (const _ of environ['gateway.input']);
    } catch (error) {
      failure.resolve(error)
      throw error
    }
    startResponse('200 OK', text)
    return ''
  })
  const broken = async function* () {
    yield Buffer.from('half')
    await new Promise((_, reject) => client.signal.addEventListener('abort', () => reject(new Error('reset'))))
  }
  log.length = 0
  const answering = reading(streaming(broken() as AsyncGenerator<Uint8Array>, client.signal))
  client.abort()
  expect(await failure.promise).toMatchObject({ code: 'client-gone' })
  expect((await answering).status).toBe(400)

  const events: string[] = []
  const other = new AbortController()
  const waiting = handle((_, startResponse) => {
    startResponse('200 OK', text)
    const iterator: AsyncIterator<string> = {
      next: () => (events.push('next') === 1 ? Promise.resolve({ value: 'x', done: false }) : new Promise(() => {})),
      return: async () => {
        events.push('return')
        return { value: undefined, done: true }
      },
    }
    return { [Symbol.asyncIterator]: () => iterator }
  })
  const response = await waiting(new Request('http://a/', { signal: other.signal }))
  void response.text().catch(() => {})
  await until(() => events.length === 2)
  other.abort()
  await until(() => events.length === 3)
  expect(events).toEqual(['next', 'next', 'return'])
  expect(log).toEqual([])
})

test('a response that fails in the middle breaks off for its reader', async () => {
  log.length = 0
  const response = await handle(casesApplication)(new Request('http://a/fails-late'))
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow('failed after it started')
  expect(log.join('')).toContain('GET /fails-late: Error: failed after it started')
})

test('a response that a Response cannot be is a 500', async () => {
  log.length = 0
  const odd = handle((_, startResponse) => {
    startResponse('700 Odd', text)
    return 'x'
  })
  expect((await odd(new Request('http://a/'))).status).toBe(500)
  expect(log.join('')).toContain('RangeError')
})
