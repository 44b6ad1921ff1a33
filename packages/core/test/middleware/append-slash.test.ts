import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { afterAll, describe, expect, test } from 'vitest'
import { resetSetup } from '../../src/index.ts'
import { serveProject } from '../project/serve-project.ts'

afterAll(resetSetup)

const page = () => new HttpResponse('page')
const urlpatterns = [
  path('', page),
  path('slash/', page),
  path('noslash', page),
  path('both', page),
  path('both/', page),
  path('needsquoting#/', page),
  path('404/', () => new HttpResponse('own', { status: 404 })),
  path('files/<path:name>/', page),
]

const site = (changes: object = {}) => serveProject({ urlconf: async () => ({ urlpatterns }), ...changes })

describe('an address without its slash', () => {
  test.for<[string, number, string?]>([
    ['/slash', 301, '/slash/'],
    ['/slash?a=1&b=%20', 301, '/slash/?a=1&b=%20'],
    ['/slash?next=/noslash', 301, '/slash/?next=/noslash'],
    ['/slash/', 200],
    ['/noslash', 200],
    ['/noslash/', 404],
    ['/both', 200],
    ['/nowhere', 404],
    ['/404', 301, '/404/'],
    ['/404/', 404],
    ['/needsquoting%23', 301, '/needsquoting%23/'],
    ['/files/a%2Fb', 301, '/files/a/b/'],
    ['/files/%E2%98%81', 301, '/files/%E2%98%81/'],
    ['/files/a%3Fb', 301, '/files/a%3Fb/'],
    ['/files/%0d%0aSet-Cookie:x', 404],
  ])('%s gets %d', async ([address, status, location]) => {
    await using served = await site()
    const answer = await served.ask(address)
    expect([answer.status, answer.headers.location]).toEqual([status, location])
    expect(answer.headers).not.toHaveProperty('set-cookie')
  })
})

describe('never leads to another host', () => {
  // Each is a path that a pattern for everything would take.
  test.for([
    '//evil.example/a',
    '///evil.example/a',
    '//evil.example',
    '/%2Fevil.example/a',
    '/%2f%2fevil.example',
    '/\\evil.example/a',
    '/%5Cevil.example',
    '/%09/evil.example',
    '//evil.example%2F..',
    '//example.com@evil.example/a',
    '//evil.example?x=/',
  ])('%s', async (address) => {
    const urlconf = async () => ({ urlpatterns: [path('<path:anything>/', page)] })
    await using served = await site({ urlconf })
    const answer = await served.ask(address)
    expect(answer.status).toBe(301)
    const { location } = answer.headers
    expect(location).toMatch(/^\/(?![/\\])/)
    expect(new URL(location!, 'http://example.com/').host).toBe('example.com')
    // And it is the last step: no loop, and no other host behind it either.
    expect((await served.ask(location!)).status).toBe(200)
  })
})

describe('prependWww', () => {
  test.for<[string, string, object, string | undefined]>([
    ['example.org', '/slash/', {}, 'http://www.example.org/slash/'],
    ['example.org', '/slash?x=1', {}, 'http://www.example.org/slash/?x=1'],
    ['example.org', '/slash', { appendSlash: false }, 'http://www.example.org/slash'],
    ['example.org:8000', '/', {}, 'http://www.example.org:8000/'],
    ['www.example.org', '/slash/', {}, undefined],
    ['example.org', '//evil.example/', {}, 'http://www.example.org/%2Fevil.example/'],
  ])('%s%s', async ([Host, address, changes, location]) => {
    await using served = await site({ prependWww: true, allowedHosts: ['.example.org'], ...changes })
    const answer = await served.ask(address, { headers: { Host } })
    expect([answer.status, answer.headers.location]).toEqual([location === undefined ? 200 : 301, location])
  })
})

test('while debug is on, what a redirect would lose is an error, whatever the method', async () => {
  await using served = await site({ debug: true, allowedHosts: ['127.0.0.1'] })
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await served.ask('/slash', { method, body: 'a=1' })
    expect(answer.status, method).toBe(500)
    expect(answer.text).toContain('A redirect would lose the body')
  }
  expect((await served.ask('/slash')).status).toBe(301)
})
