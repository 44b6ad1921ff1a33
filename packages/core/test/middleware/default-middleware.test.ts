import { withEnviron } from '@nuages/gateway'
import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { describe, expect, test } from 'vitest'
import { conditionalGetMiddleware, securityMiddleware } from '../../src/index.ts'
import { serveProject } from '../project/serve-project.ts'

describe('security headers', () => {
  test('are on by default, on every kind of answer', async () => {
    await using site = await serveProject()
    for (const address of ['/', '/boom/', '/missing/', '/nope/', '/forbidden/', '/bad-header/']) {
      expect((await site.ask(address)).headers, address).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'x-frame-options': 'DENY',
      })
    }
    expect((await site.ask('/')).headers).not.toHaveProperty('strict-transport-security')
  })

  test('and those of errors are not kept, unless their page says so', async () => {
    const handler404 = () => new HttpResponse('own', { status: 404, headers: { 'Cache-Control': 'max-age=60' } })
    const { urlpatterns } = await import('../project/urls.ts')
    for (const debug of [false, true]) {
      await using site = await serveProject({ debug, urlconf: async () => ({ urlpatterns }) })
      for (const address of ['/boom/', '/missing/', '/nope/', '/forbidden/', '/suspicious/', '/bad-header/']) {
        const { status, headers } = await site.ask(address)
        expect([status >= 400, headers['cache-control']], address).toEqual([true, 'no-store'])
        expect(headers['content-security-policy'], address).toMatch(/^default-src '(none|self)'/)
      }
      expect((await site.ask('/')).headers).not.toHaveProperty('cache-control')
    }
    await using own = await serveProject({ urlconf: async () => ({ urlpatterns, handler404 }) })
    expect((await own.ask('/nope/')).headers['cache-control']).toBe('max-age=60')
  })

  test('a view that sets one itself is not overruled', async () => {
    await using site = await serveProject()
    expect((await site.ask('/framed/')).headers['x-frame-options']).toBe('SAMEORIGIN')
  })

  test('can be turned off one by one', async () => {
    await using site = await serveProject({
      secureContentTypeNosniff: false,
      secureReferrerPolicy: ['no-referrer', 'same-origin'],
      secureCrossOriginOpenerPolicy: false,
      xFrameOptions: false,
    })
    const { headers } = await site.ask('/')
    expect(headers['referrer-policy']).toBe('no-referrer,same-origin')
    for (const name of ['x-content-type-options', 'cross-origin-opener-policy', 'x-frame-options']) {
      expect(headers).not.toHaveProperty(name)
    }
  })

  test('plain HTTP is sent on to HTTPS, exempt paths excepted; HSTS goes out over HTTPS only', async () => {
    await using site = await serveProject({
      secureSslRedirect: true,
      secureRedirectExempt: [/^slow\//g],
      secureHstsSeconds: 3600,
      secureHstsIncludeSubdomains: true,
      secureHstsPreload: true,
      secureProxySslHeader: ['X-Forwarded-Proto', 'https'],
    })
    const sent = await site.ask('/notes/7/?a=1', { headers: { Host: 'example.com' } })
    expect(sent).toMatchObject({ status: 301, headers: { location: 'https://example.com/notes/7/?a=1' } })
    for (let time = 1; time <= 3; time += 1) expect((await site.ask('/slow/')).status, `time ${time}`).toBe(200)
    const secure = await site.ask('/', { headers: { 'X-Forwarded-Proto': 'https' } })
    expect(secure.status).toBe(200)
    expect(secure.headers['strict-transport-security']).toBe('max-age=3600; includeSubDomains; preload')
    expect((await site.ask('/slow/')).headers).not.toHaveProperty('strict-transport-security')
  })

  test('secureSslHost names another host to send them to', async () => {
    await using site = await serveProject({ secureSslRedirect: true, secureSslHost: 'secure.example.com' })
    expect((await site.ask('/')).headers.location).toBe('https://secure.example.com/')
  })
})

describe('the host', () => {
  test('must be one of allowedHosts', async () => {
    await using site = await serveProject()
    for (const host of ['example.com', 'EXAMPLE.com:8000', 'example.org', 'www.example.org']) {
      expect((await site.ask('/', { headers: { Host: host } })).status, host).toBe(200)
    }
    for (const host of ['evil.com', 'www.example.com', 'exa mple.com', 'example.com.evil.com', 'a@example.com']) {
      expect((await site.ask('/', { headers: { Host: host } })).status, host).toBe(400)
    }
  })

  test('in debug, with no hosts named, is one of this machine', async () => {
    await using site = await serveProject({ debug: true, allowedHosts: [] })
    for (const host of ['localhost:8000', 'shop.localhost', '127.0.0.1', '[::1]:8000']) {
      expect((await site.ask('/', { headers: { Host: host } })).status, host).toBe(200)
    }
    const refused = await site.ask('/', { headers: { Host: 'evil.com', Accept: 'text/html' } })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('allowedHosts')
  })

  test('gets its www. when asked for', async () => {
    await using site = await serveProject({ prependWww: true, allowedHosts: ['.example.org'] })
    const sent = await site.ask('/notes/7?x=1', { headers: { Host: 'example.org' } })
    expect(sent).toMatchObject({ status: 301, headers: { location: 'http://www.example.org/notes/7/?x=1' } })
    expect((await site.ask('/', { headers: { Host: 'www.example.org' } })).status).toBe(200)
  })
})

describe('appendSlash', () => {
  test('sends on what only exists with a slash, and keeps the query', async () => {
    await using site = await serveProject()
    const sent = await site.ask('/notes/7?page=2&q=a%20b')
    expect(sent).toMatchObject({ status: 301, headers: { location: '/notes/7/?page=2&q=a%20b' } })
    expect((await site.ask('/no-slash')).status).toBe(200)
    expect((await site.ask('/nope')).status).toBe(404)
    expect((await site.ask('/missing')).status).toBe(301)
  })

  test('never leads to another host', async () => {
    const urlconf = async () => ({ urlpatterns: [path('<path:anything>/', () => new HttpResponse('x'))] })
    await using site = await serveProject({ urlconf })
    const sent = await site.ask('//evil.com/x')
    expect(sent.status).toBe(301)
    expect(sent.headers.location).toMatch(/^\/(?!\/)/)
    expect(new URL(sent.headers.location!, 'http://example.com/').host).toBe('example.com')
  })

  test('in debug, a body that would be lost is an error that says so', async () => {
    await using site = await serveProject({ debug: true })
    const lost = await site.ask('/echo', { method: 'POST', body: 'a=1' })
    expect(lost.status).toBe(500)
    expect(lost.text).toContain("Let the form or the client send to '/echo/'")
  })

  test('without debug, a body is redirected like the rest', async () => {
    await using site = await serveProject()
    expect((await site.ask('/echo', { method: 'POST', body: 'a=1' })).status).toBe(301)
  })

  test('escapes where the application is mounted', async () => {
    await using site = await serveProject({}, (application) => (environ, startResponse) => {
      return application(withEnviron(environ, { SCRIPT_NAME: '/what?' }), startResponse)
    })
    expect((await site.ask('/notes/7')).headers.location).toBe('/what%3F/notes/7/')
  })

  test('can be turned off', async () => {
    await using site = await serveProject({ appendSlash: false })
    expect((await site.ask('/notes/7')).status).toBe(404)
  })
})

describe('conditional GET', () => {
  test('a whole answer gets an ETag, and 304 when the client has it', async () => {
    const page = 'a page '.repeat(100)
    const urlpatterns = [
      path('', () => new HttpResponse(page)),
      path('short/', () => new HttpResponse('ok')),
      path('lazy/', (request) => new HttpResponse(request.isHead ? '' : page)),
      path('gone/', () => new HttpResponse(page, { status: 410 })),
    ]
    await using site = await serveProject({ urlconf: async () => ({ urlpatterns }) })
    const first = await site.ask('/')
    const etag = first.headers.etag!
    expect(etag).toMatch(/^"/)
    const again = await site.ask('/', { headers: { 'If-None-Match': etag } })
    expect(again).toMatchObject({ status: 304, text: '', headers: { etag, 'x-frame-options': 'DENY' } })
    expect((await site.ask('/', { headers: { 'If-None-Match': '"other"' } })).status).toBe(200)
    expect((await site.ask('/', { method: 'POST' })).headers).not.toHaveProperty('etag')
    expect((await site.ask('/gone/')).headers).not.toHaveProperty('etag')
    // A tag would be longer than the content, and that of an empty HEAD is not the page's.
    expect((await site.ask('/short/')).headers).not.toHaveProperty('etag')
    expect((await site.ask('/lazy/', { method: 'HEAD' })).headers).not.toHaveProperty('etag')
  })

  test('Last-Modified is compared, and cookies stay on a 304', async () => {
    const view = () => {
      const response = new HttpResponse('x', { headers: { 'Last-Modified': 'Sat, 21 Nov 2026 10:00:00 GMT' } })
      response.setCookie('seen', '1')
      return response
    }
    await using site = await serveProject({ urlconf: async () => ({ urlpatterns: [path('', view)] }) })
    const same = await site.ask('/', { headers: { 'If-Modified-Since': 'Sat, 21 Nov 2026 10:00:00 GMT' } })
    expect(same.status).toBe(304)
    expect(same.headers['set-cookie']).toEqual(['seen=1; Path=/'])
    const older = await site.ask('/', { headers: { 'If-Modified-Since': 'Fri, 20 Nov 2026 10:00:00 GMT' } })
    expect(older.status).toBe(200)
  })
})

test('the list may be changed: what is left out does nothing', async () => {
  await using site = await serveProject({ middleware: [securityMiddleware] })
  const answer = await site.ask('/', { headers: { Host: 'evil.com' } })
  expect(answer.status).toBe(200)
  expect(answer.headers).not.toHaveProperty('etag')
  expect(conditionalGetMiddleware.name).toBe('conditionalGetMiddleware')
})
