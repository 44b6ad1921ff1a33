import { EventEmitter, once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { brotliDecompressSync, createGunzip, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { serve } from '@nuages/gateway'
import { HttpResponse, patchVaryHeaders, StreamingHttpResponse } from '@nuages/http'
import { path, type ViewFunction } from '@nuages/urls'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { compressWhole, contentCodings } from '../../src/compression/content-codings.ts'
import { createApplication, resetSetup, type SettingsInput } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

afterAll(resetSetup)

const text = 'Un nuage passe, puis un autre. 구름 한 점. '.repeat(100)
const decoders = { br: brotliDecompressSync, zstd: zstdDecompressSync, gzip: gunzipSync }

type Headers = Readonly<Record<string, string>>

interface Raw {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  /** The content, whatever it was coded with. */
  readonly text: string
}

interface Site extends AsyncDisposable {
  readonly port: number
  ask(headers?: Headers, method?: string): Promise<Raw>
}

async function site(view: ViewFunction, changes: Partial<SettingsInput> = {}): Promise<Site> {
  await resetSetup()
  const application = await createApplication(
    projectSettings({ urlconf: async () => ({ urlpatterns: [path('', view)] }), ...changes }),
  )
  const server = await serve(application, { host: '127.0.0.1', port: 0 })
  const port = Number(new URL(server.url).port)
  return {
    port,
    ask: (headers = {}, method = 'GET') => ask(port, headers, method),
    [Symbol.asyncDispose]: () => server.close(),
  }
}

async function ask(port: number, headers: Headers, method: string): Promise<Raw> {
  const request = get({ host: '127.0.0.1', port, headers, method, agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const coding = response.headers['content-encoding'] as keyof typeof decoders | undefined
  const decode = coding === undefined || bytes.length === 0 ? undefined : decoders[coding]
  const plain = decode === undefined ? bytes : decode(bytes)
  return { status: response.statusCode!, headers: response.headers, bytes, text: plain.toString() }
}

async function answerOf(view: ViewFunction, headers: Headers = {}, changes: Partial<SettingsInput> = {}) {
  await using served = await site(view, changes)
  return served.ask(headers)
}

const page = () => new HttpResponse(text)

test('any content with any padding comes back as it was', async () => {
  const content = fc.uint8Array({ maxLength: 5000 })
  await fc.assert(
    fc.asyncProperty(content, fc.integer({ min: 0, max: 256 }), async (bytes, padding) => {
      for (const [name, coding] of Object.entries(contentCodings)) {
        const coded = await compressWhole(coding, bytes, name === 'zstd' ? padding : Math.min(padding, 256))
        expect(decoders[name as keyof typeof decoders](coded).equals(bytes)).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})

describe('the coding', () => {
  test.for<[string, string | undefined]>([
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip, zstd', 'zstd'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.8, zstd;q=0.8, gzip;q=0.8', 'br'],
    ['*', 'br'],
    ['*;q=0.5, br;q=0', 'zstd'],
    ['deflate', undefined],
    ['identity', undefined],
    ['gzip;q=0.4, identity;q=0.9', undefined],
    ['gzip;q=0', undefined],
    ['*;q=0', undefined],
    ['', undefined],
    ['gzip;q=zero', undefined],
    [';;,,=', undefined],
  ])('for %o is %s', async ([accepted, coding]) => {
    const answer = await answerOf(page, { 'Accept-Encoding': accepted })
    expect(answer.headers['content-encoding']).toBe(coding)
    expect(answer.headers.vary).toBe('Accept-Encoding')
    expect(answer.headers['content-length']).toBe(String(answer.bytes.length))
    expect(answer.text).toBe(text)
    if (coding !== undefined) expect(answer.bytes.length).toBeLessThan(500)
  })

  test('is none for who does not ask, and caches are told', async () => {
    const { headers } = await answerOf(page)
    expect(headers).not.toHaveProperty('content-encoding')
    expect(headers.vary).toBe('Accept-Encoding')
  })

  test('is any rather than none, however short the content, where the client takes nothing plain', async () => {
    const short = () => new HttpResponse('short')
    const answer = await answerOf(short, { 'Accept-Encoding': 'gzip, identity;q=0' })
    expect([answer.headers['content-encoding'], answer.text]).toEqual(['gzip', 'short'])
  })

  test('is none where the settings say so', async () => {
    const { headers } = await answerOf(page, { 'Accept-Encoding': 'gzip' }, { compression: false })
    expect(headers).not.toHaveProperty('content-encoding')
    expect(headers).not.toHaveProperty('vary')
  })
})

describe('what is left alone', () => {
  const unchanged: [string, () => HttpResponse][] = [
    ['short content', () => new HttpResponse('x'.repeat(1000))],
    ['nothing', () => new HttpResponse('', { status: 204 })],
    ['an image', () => new HttpResponse(text, { contentType: 'image/png' })],
    ['no type', () => new HttpResponse(text, { contentType: '' })],
    ['what is coded already', () => new HttpResponse(text, { headers: { 'Content-Encoding': 'own' } })],
    ['what may not be changed', () => new HttpResponse(text, { headers: { 'Cache-Control': 'public, No-Transform' } })],
    [
      'a part of a file',
      () =>
        new HttpResponse(text, {
          status: 206,
          headers: { 'Content-Range': 'bytes 0-99/1000' },
          contentType: 'text/plain',
        }),
    ],
    ['what has a digest', () => new HttpResponse(text, { headers: { 'Content-Digest': 'sha-256=:x:' } })],
  ]
  test.for(unchanged)('%s', async ([, view]) => {
    const { headers } = await answerOf(view, { 'Accept-Encoding': 'br, zstd, gzip, x' })
    expect(headers).not.toHaveProperty('vary')
    expect(headers['content-encoding'] ?? 'own').toBe('own')
  })

  test.for([
    'text/css; charset=utf-8',
    'application/json',
    'application/problem+json',
    'image/svg+xml',
    'application/javascript',
    'font/ttf',
    'application/wasm',
    'TEXT/HTML',
  ])('not %s', async (contentType) => {
    const { headers } = await answerOf(() => new HttpResponse(text, { contentType }), { 'Accept-Encoding': 'gzip' })
    expect(headers['content-encoding']).toBe('gzip')
  })
})

test('the tag is weak, still tells that nothing changed, and the length is that of what is sent', async () => {
  const view = () =>
    new HttpResponse(text, { headers: { 'Content-Length': String(Buffer.byteLength(text)), 'Accept-Ranges': 'bytes' } })
  await using served = await site(view)
  const first = await served.ask({ 'Accept-Encoding': 'gzip' })
  const plain = await served.ask()
  expect(first.headers.etag).toBe(`W/${plain.headers.etag}`)
  expect(first.headers['content-length']).toBe(String(first.bytes.length))
  expect(first.headers).not.toHaveProperty('accept-ranges')
  expect(plain.headers['accept-ranges']).toBe('bytes')
  for (const tag of [first.headers.etag, plain.headers.etag] as string[]) {
    const again = await served.ask({ 'Accept-Encoding': 'gzip', 'If-None-Match': tag })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
  }
})

test('HEAD has the headers of GET and no content', async () => {
  await using served = await site(page)
  const head = await served.ask({ 'Accept-Encoding': 'br' }, 'HEAD')
  const whole = await served.ask({ 'Accept-Encoding': 'br' })
  expect(head.bytes).toHaveLength(0)
  for (const name of ['content-encoding', 'content-length', 'etag', 'vary']) {
    expect(head.headers[name], name).toBe(whole.headers[name])
  }
})

test('error pages and other charsets are compressed like the rest', async () => {
  const latin = () => new HttpResponse('é'.repeat(2000), { charset: 'latin1', status: 404 })
  const answer = await answerOf(latin, { 'Accept-Encoding': 'gzip' })
  expect(answer.status).toBe(404)
  expect(gunzipSync(answer.bytes).equals(Buffer.from('é'.repeat(2000), 'latin1'))).toBe(true)
})

describe('streams', () => {
  test.for(['br', 'zstd', 'gzip'] as const)(
    'by %s, from a generator and from a list, with padding and without',
    async (name) => {
      const pieces = [text, Buffer.from(text), '', 'end']
      const views: ViewFunction[] = [
        () => new StreamingHttpResponse(pieces),
        () =>
          new StreamingHttpResponse(
            (async function* () {
              for (const piece of pieces) {
                await setImmediate()
                yield piece
              }
            })(),
          ),
      ]
      for (const view of views) {
        for (const headers of [{}, { Cookie: 'a=1' }] as Headers[]) {
          const answer = await answerOf(view, { 'Accept-Encoding': name, ...headers })
          expect(answer.headers['content-encoding']).toBe(name)
          expect(answer.headers).not.toHaveProperty('content-length')
          expect(answer.text).toBe(`${text}${text}end`)
        }
      }
    },
  )

  test('that say how long they are, as files do, go by it', async () => {
    const file = (length: number) => () =>
      new StreamingHttpResponse(['x'.repeat(length)], {
        contentType: 'text/plain',
        headers: { 'Content-Length': String(length) },
      })
    const codingOf = async (length: number) =>
      (await answerOf(file(length), { 'Accept-Encoding': 'gzip' })).headers['content-encoding']
    expect(await codingOf(23)).toBeUndefined()
    expect(await codingOf(5000)).toBe('gzip')
    expect(await codingOf(9 * 1024 * 1024)).toBeUndefined()
  })

  test('that are empty are whole too', async () => {
    for (const name of ['br', 'zstd', 'gzip']) {
      expect((await answerOf(() => new StreamingHttpResponse([]), { 'Accept-Encoding': name })).text).toBe('')
    }
  })

  test('an event arrives when it happens, not when the next one pushes it out', async () => {
    const events = new EventEmitter()
    async function* happening() {
      yield 'data: first\n\n'
      await once(events, 'seen')
      yield 'data: second\n\n'
    }
    const view = () => new StreamingHttpResponse(happening(), { contentType: 'text/event-stream' })
    await using served = await site(view)
    const request = get({ port: served.port, host: '127.0.0.1', headers: { 'Accept-Encoding': 'gzip' }, agent: false })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    let seen = ''
    for await (const chunk of response.pipe(createGunzip())) {
      seen += String(chunk)
      if (seen === 'data: first\n\n') events.emit('seen')
    }
    expect(seen).toBe('data: first\n\ndata: second\n\n')
  })

  test('are closed when the client goes away while there is nothing to send', async () => {
    const closed = new EventEmitter()
    const gone = once(closed, 'closed')
    const source: AsyncIterable<string> = {
      [Symbol.asyncIterator]() {
        let isFirst = true
        return {
          next() {
            if (!isFirst) return new Promise(() => {})
            isFirst = false
            return Promise.resolve({ done: false, value: 'data: first\n\n' })
          },
          async return() {
            closed.emit('closed')
            return { done: true, value: undefined }
          },
        }
      },
    }
    const view = () => new StreamingHttpResponse(source, { contentType: 'text/event-stream' })
    await using served = await site(view)
    const request = get({ port: served.port, host: '127.0.0.1', headers: { 'Accept-Encoding': 'br' }, agent: false })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    await once(response, 'data')
    response.on('error', () => {})
    response.destroy()
    await gone
  })

  test('that fail on the way are cut off, not ended', async () => {
    const events = new EventEmitter()
    const view = () =>
      new StreamingHttpResponse(
        (async function* () {
          yield text
          await once(events, 'seen')
          throw new Error('no more')
        })(),
      )
    await using served = await site(view)
    const request = get({ port: served.port, host: '127.0.0.1', headers: { 'Accept-Encoding': 'gzip' }, agent: false })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    response.once('data', () => events.emit('seen'))
    await expect(once(response, 'end')).rejects.toThrow('aborted')
  })

  test('a fast source is held back by a slow client', async () => {
    let produced = 0
    const piece = Buffer.alloc(65_536)
    const view = () =>
      new StreamingHttpResponse(
        (async function* () {
          for (; produced < 2000; produced += 1) {
            for (let at = 0; at < piece.length; at += 4) piece.writeInt32LE((Math.random() * 2 ** 31) | 0, at)
            yield Buffer.from(piece)
          }
        })(),
        { contentType: 'text/plain' },
      )
    await using served = await site(view)
    const request = get({ port: served.port, host: '127.0.0.1', headers: { 'Accept-Encoding': 'zstd' }, agent: false })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    response.pause()
    let before = -1
    for (let still = 0; still < 20; ) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      still = produced === before ? still + 1 : 0
      before = produced
    }
    expect(produced).toBeLessThan(1000)
    response.on('error', () => {})
    response.destroy()
  })
})

describe('what its length tells (BREACH)', () => {
  const personal = () => {
    const response = new HttpResponse(text)
    patchVaryHeaders(response, ['Cookie'])
    return response
  }
  const cookie = () => {
    const response = new HttpResponse(text)
    response.setCookie('a', '1')
    return response
  }
  const kept = () => new HttpResponse(text, { headers: { 'Cache-Control': 'private' } })
  const gzip = { 'Accept-Encoding': 'gzip' }

  const lengths = async (view: ViewFunction, headers: Headers): Promise<Set<number>> => {
    await using served = await site(view)
    const seen = new Set<number>()
    for (let time = 0; time < 12; time += 1) seen.add((await served.ask(headers)).bytes.length)
    return seen
  }

  test('is nothing new for what is the same for everybody', async () => {
    expect((await lengths(page, gzip)).size).toBe(1)
    expect((await answerOf(page, { ...gzip, 'Sec-Fetch-Site': 'cross-site' })).headers['content-encoding']).toBe('gzip')
  })

  test.for(['br', 'zstd', 'gzip'])('is hidden by padding where a visitor may be known: %s', async (coding) => {
    const accept = { 'Accept-Encoding': coding }
    expect((await lengths(personal, accept)).size).toBeGreaterThan(1)
    expect((await lengths(page, { ...accept, Cookie: 'sessionid=x' })).size).toBeGreaterThan(1)
  })

  test.for<[string, ViewFunction, Headers]>([
    ['varies on the cookie', personal, {}],
    ['sets a cookie', cookie, {}],
    ['is private', kept, {}],
    ['is asked for with credentials', page, { Authorization: 'Bearer x' }],
  ])('is never told to another site, where a page %s', async ([, view, headers]) => {
    for (const site of ['cross-site', 'same-site']) {
      const answer = await answerOf(view, { ...gzip, ...headers, 'Sec-Fetch-Site': site })
      expect(answer.headers, site).not.toHaveProperty('content-encoding')
      expect(answer.text).toBe(text)
    }
    for (const site of ['same-origin', 'none']) {
      const answer = await answerOf(view, { ...gzip, ...headers, 'Sec-Fetch-Site': site })
      expect(answer.headers['content-encoding'], site).toBe('gzip')
    }
  })
})
