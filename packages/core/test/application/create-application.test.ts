import { defaultStorage } from '@nuages/files'
import { type Application, withEnviron } from '@nuages/gateway'
import { type HttpRequest, HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { describe, expect, test } from 'vitest'
import {
  defaultMiddleware,
  gotRequestException,
  mapResponse,
  requestFinished,
  requestStarted,
} from '../../src/index.ts'
import { serveProject } from '../project/serve-project.ts'

describe('a request', () => {
  test('reaches its view, synchronous or not', async () => {
    await using site = await serveProject()
    expect(await site.ask('/')).toMatchObject({ status: 200, text: 'Welcome home' })
    expect(await site.ask('/slow/')).toMatchObject({ status: 200, text: 'Welcome home, slowly' })
    expect(JSON.parse((await site.ask('/notes/7/')).text)).toEqual({ id: 7, type: 'number' })
  })

  test('HEAD has the headers of GET and no body', async () => {
    await using site = await serveProject()
    const head = await site.ask('/', { method: 'HEAD' })
    expect(head).toMatchObject({ status: 200, text: '' })
    expect(head.headers['content-length']).toBe('12')
  })

  test('passes the middleware from the outside in, those of a list once composed', async () => {
    const seen: string[] = []
    const tracing = (name: string) =>
      Object.defineProperty(
        ((request, next) => {
          seen.push(`${name} in`)
          return mapResponse(next(request), (response) => {
            seen.push(`${name} out ${response.status}`)
            return response
          })
        }) as (typeof defaultMiddleware)[number],
        'name',
        { value: name },
      )
    await using site = await serveProject({ middleware: [tracing('outer'), ...defaultMiddleware, tracing('inner')] })
    await site.ask('/boom/')
    expect(seen).toEqual(['outer in', 'inner in', 'inner out 500', 'outer out 500'])
  })

  test('a middleware may answer itself, and its errors become responses', async () => {
    await using site = await serveProject({
      middleware: [
        ...defaultMiddleware,
        (request, next) => {
          if (request.path === '/closed/') return new HttpResponse('Closed', { status: 503 })
          if (request.path === '/fails/') throw new Error('The middleware failed')
          if (request.path === '/odd/') return 'odd' as unknown as HttpResponse
          return next(request)
        },
      ],
    })
    expect(await site.ask('/closed/')).toMatchObject({ status: 503, text: 'Closed' })
    const failed = await site.ask('/fails/')
    expect(failed.status).toBe(500)
    expect(failed.headers['x-content-type-options']).toBe('nosniff')
    expect((await site.ask('/odd/')).status).toBe(500)
  })

  test('may be mounted below a path', async () => {
    const mounted = (application: Application): Application => {
      return (environ, startResponse) => {
        const path = environ.PATH_INFO.slice('/site'.length)
        return application(withEnviron(environ, { SCRIPT_NAME: '/site', PATH_INFO: path }), startResponse)
      }
    }
    await using site = await serveProject({}, mounted)
    expect((await site.ask('/site/notes/7')).headers.location).toBe('/site/notes/7/')
    expect((await site.ask('/site/hello/')).text).toContain('/site/notes/7/')
  })

  test('that its client abandoned is no error of the site', async () => {
    const errors: unknown[] = []
    const disconnect = gotRequestException.connect(({ error }) => void errors.push(error))
    const gone = AbortSignal.abort()
    const view = async (request: HttpRequest) =>
      new HttpResponse(await (await fetch('http://127.0.0.1:9/', { signal: request.signal })).text())
    const abandoned = (application: Application): Application => {
      return (environ, startResponse) => application(withEnviron(environ, { 'gateway.signal': gone }), startResponse)
    }
    await using site = await serveProject({ urlconf: async () => ({ urlpatterns: [path('', view)] }) }, abandoned)
    expect((await site.ask('/')).status).toBe(400)
    disconnect()
    expect(errors).toEqual([])
  })

  test('sends its signals', async () => {
    const events: unknown[] = []
    const disconnect = [
      requestStarted.connect((request) => void events.push(`started ${request.path}`)),
      requestFinished.connect(({ request, response, duration }) => {
        events.push(`finished ${request.path} ${response.status} ${duration >= 0}`)
      }),
      gotRequestException.connect(({ error }) => void events.push(String(error))),
    ]
    await using site = await serveProject()
    await site.ask('/boom/')
    for (const stop of disconnect) stop()
    await site.ask('/')
    expect(events).toEqual(['started /boom/', 'RangeError: The sky fell', 'finished /boom/ 500 true'])
  })
})

describe('in production', () => {
  test('an error is a plain 500 that tells nothing', async () => {
    await using site = await serveProject()
    for (const address of ['/boom/', '/slow-boom/', '/nothing/', '/promised-text/', '/bad-header/']) {
      const answer = await site.ask(address, { headers: { Accept: 'text/html' } })
      expect(answer.status, address).toBe(500)
      expect(answer.text).toContain('Server error')
      expect(answer.text).not.toMatch(/sky fell|RangeError|views\.ts|project/)
    }
  })

  test("another library's error with a status is an error of ours", async () => {
    await using site = await serveProject()
    expect((await site.ask('/upstream/')).status).toBe(500)
  })

  test('errors with an answer of their own have it', async () => {
    await using site = await serveProject()
    expect((await site.ask('/forbidden/')).status).toBe(403)
    expect((await site.ask('/suspicious/')).status).toBe(400)
    const lost = await site.ask('/missing/', { headers: { 'X-Visitor': 'Ann' } })
    expect(lost).toMatchObject({ status: 404, text: '<title>Lost</title><p>Ann is lost at /missing/.</p>\n' })
  })

  test('a name that leads out of a storage is the fault of who sent it', async () => {
    const urlconf = async () => ({
      urlpatterns: [path('files/<path:name>', (_request, { name }) => new HttpResponse(defaultStorage().url(name)))],
    })
    await using site = await serveProject({ urlconf })
    expect(await site.ask('/files/a/b.png')).toMatchObject({ status: 200, text: '/media/a/b.png' })
    expect((await site.ask('/files/a%2f..%2f..%2fb.png')).status).toBe(400)
  })

  test('the handlers of the URLconf answer', async () => {
    const home = () => new HttpResponse('home')
    const urlconf = async () => ({
      urlpatterns: [
        path('', home),
        path('boom/', () => {
          throw new Error('boom')
        }),
      ],
      handler404: (_request: unknown, error: Error) => new HttpResponse(`404: ${error.name}`, { status: 404 }),
      handler500: async () => new HttpResponse('our 500', { status: 500 }),
    })
    await using site = await serveProject({ urlconf })
    expect(await site.ask('/nope/')).toMatchObject({ status: 404, text: '404: Resolver404' })
    expect(await site.ask('/boom/')).toMatchObject({ status: 500, text: 'our 500' })
  })

  test('a handler that fails is survived', async () => {
    const failing = () => {
      throw new Error('the handler failed')
    }
    const urlconf = async () => ({ urlpatterns: [path('boom/', failing)], handler500: failing, handler404: failing })
    await using site = await serveProject({ urlconf })
    expect((await site.ask('/boom/')).status).toBe(500)
    expect((await site.ask('/nope/')).status).toBe(404)
  })

  test('a body larger than the limit is 413', async () => {
    await using site = await serveProject({ maxBodySize: 20 })
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await site.ask('/echo/', { method: 'POST', headers, body: 'a=1' })).status).toBe(200)
    expect((await site.ask('/echo/', { method: 'POST', headers, body: `a=${'x'.repeat(50)}` })).status).toBe(413)
  })
})
