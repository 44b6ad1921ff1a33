import { setTimeout as sleep } from 'node:timers/promises'
import { type Application, type Body, type Environ, type StartResponse, toPlainEnviron } from '../src/index.ts'

type View = (environ: Environ, startResponse: StartResponse) => Body | Promise<Body>

const text = [['Content-Type', 'text/plain; charset=utf-8']] as const

const views: Record<string, View> = {
  '/hello'(_, startResponse) {
    startResponse('200 OK', text)
    return 'Hello, World!'
  },
  '/bytes'(_, startResponse) {
    startResponse('200 OK', [['Content-Type', 'application/octet-stream']])
    return new Uint8Array([0, 255, 13, 10])
  },
  '/list'(_, startResponse) {
    startResponse('200 OK', text)
    return ['naïve']
  },
  '/nothing'(_, startResponse) {
    startResponse('200 OK', text)
    return []
  },
  '/environ'(environ, startResponse) {
    startResponse('200 OK', [['Content-Type', 'application/json']])
    return JSON.stringify(toPlainEnviron(environ), (_, value) =>
      typeof value === 'object' && value.write ? 'stream' : value,
    )
  },
  async '/echo'(environ, startResponse) {
    startResponse('200 OK', [['Content-Type', environ.CONTENT_TYPE ?? 'application/octet-stream']])
    return environ['gateway.input']
  },
  async '/count'(environ, startResponse) {
    let size = 0
    for await (const chunk of environ['gateway.input']) size += chunk.length
    startResponse('200 OK', text)
    return String(size)
  },
  async '/first-chunk'(environ, startResponse) {
    for await (const chunk of environ['gateway.input']) {
      startResponse('200 OK', text)
      return `${chunk.length > 0}`
    }
    startResponse('200 OK', text)
    return 'empty'
  },
  async '/stream'(_, startResponse) {
    startResponse('200 OK', text)
    return (async function* () {
      for (const word of ['one ', '', 'two ', 'three']) {
        await sleep(5)
        yield word
      }
    })()
  },
  '/large'(_, startResponse) {
    startResponse('200 OK', text)
    return (function* () {
      for (let i = 0; i < 200; i++) yield 'x'.repeat(32 * 1024)
    })()
  },
  async '/slow'(environ, startResponse) {
    await sleep(Number(environ.QUERY_STRING))
    startResponse('200 OK', text)
    return 'slow'
  },
  '/no-content'(_, startResponse) {
    startResponse('204 No Content', [])
    return ''
  },
  '/not-modified'(_, startResponse) {
    startResponse('304 Not Modified', [['ETag', '"x"']])
    return ''
  },
  '/cookies'(_, startResponse) {
    startResponse('302 Found', [
      ['Location', '/hello'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ])
    return ''
  },
  '/fails'() {
    throw new Error('failed before it started')
  },
  '/fails-late'(_, startResponse) {
    startResponse('200 OK', text)
    return (async function* () {
      yield 'so far so good'
      await sleep(20)
      throw new Error('failed after it started')
    })()
  },
  '/replaces'(_, startResponse) {
    startResponse('200 OK', [['X-First', 'yes']])
    startResponse('503 Service Unavailable', text, new Error('changed its mind'))
    return 'replaced'
  },
  '/injects'(_, startResponse) {
    startResponse('200 OK', [['X-Name', 'a\r\nX-Injected: b']])
    return ''
  },
}

/** What the cases of `server.cases.ts` ask: a view a path. */
export const casesApplication: Application = (environ, startResponse) => {
  const view = Object.hasOwn(views, environ.PATH_INFO) ? views[environ.PATH_INFO] : undefined
  if (view) return view(environ, startResponse)
  startResponse('404 Not Found', text)
  return `no view at ${environ.PATH_INFO}`
}
