import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { afterAll, describe, expect, test } from 'vitest'
import { type CorsSettings, csrfExempt, defineSettings, resetSetup } from '../../src/index.ts'
import { serveProject } from '../project/serve-project.ts'

afterAll(resetSetup)

let views = 0
const urlpatterns = [
  path('', () => {
    views += 1
    return new HttpResponse('data', { headers: { 'X-Total': '7' } })
  }),
  path(
    'hook/',
    csrfExempt(() => new HttpResponse('done')),
  ),
  path('own/', () => new HttpResponse('own', { headers: { 'Access-Control-Allow-Origin': 'https://own.example' } })),
  path('boom/', () => {
    throw new Error('boom')
  }),
]

const app = 'https://app.example'
const site = (cors?: Partial<CorsSettings>) => serveProject({ urlconf: async () => ({ urlpatterns }), cors })

test('is off until it is configured', async () => {
  for (const cors of [undefined, {}, { origins: [] }]) {
    await using served = await site(cors)
    const { headers } = await served.ask('/', { headers: { Origin: app } })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(headers).not.toHaveProperty('vary')
  }
})

describe('the origin of a page that asks', () => {
  const listed: [string, string, boolean][] = [
    ['is listed', app, true],
    ['is listed, in capitals', 'https://APP.example', true],
    ['has another scheme', 'http://app.example', false],
    ['has another port', 'https://app.example:8443', false],
    ['is below a listed one', 'https://x.app.example', false],
    ['ends like a listed one', 'https://evilapp.example', false],
    ['begins like a listed one', 'https://app.example.evil.com', false],
    ['is under a wildcard', 'https://a.b.wild.example', true],
    ['is the top of a wildcard', 'https://wild.example', true],
    ['only ends like a wildcard', 'https://mywild.example', false],
    ['is under a wildcard with its port', 'http://x.port.example:8080', true],
    ['is under a wildcard with another port', 'http://x.port.example:8081', false],
    ['is no web origin, and listed', 'capacitor://localhost', true],
    ['is null', 'null', false],
    ['is nonsense', 'https://', false],
    ['is empty', '', false],
  ]
  test.for(listed)('%s', async ([, origin, isAllowed]) => {
    const origins = [app, 'https://*.wild.example', 'http://*.port.example:8080', 'capacitor://localhost']
    await using served = await site({ origins })
    const { headers } = await served.ask('/', { headers: { Origin: origin } })
    expect(headers['access-control-allow-origin']).toBe(isAllowed ? origin : undefined)
    expect(headers.vary).toBe('Origin')
  })

  test('is not named where every origin may read', async () => {
    await using served = await site({ origins: ['*'] })
    for (const origin of [app, 'null']) {
      const { headers } = await served.ask('/', { headers: { Origin: origin } })
      expect(headers['access-control-allow-origin']).toBe('*')
      expect(headers).not.toHaveProperty('vary')
      expect(headers).not.toHaveProperty('access-control-allow-credentials')
    }
  })
})

test('an answer says what scripts may read of it, and nothing to who did not ask', async () => {
  await using served = await site({ origins: [app], exposeHeaders: ['X-Total', 'ETag'], credentials: true })
  const asked = await served.ask('/', { headers: { Origin: app } })
  expect(asked.headers).toMatchObject({
    'access-control-allow-origin': app,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'X-Total, ETag',
    vary: 'Origin',
  })
  expect(asked.headers).not.toHaveProperty('access-control-allow-methods')
  const direct = await served.ask('/')
  expect(direct.headers).not.toHaveProperty('access-control-allow-origin')
  expect(direct.headers.vary).toBe('Origin')
  expect((await served.ask('/own/', { headers: { Origin: app } })).headers['access-control-allow-origin']).toBe(
    'https://own.example',
  )
  // A script has to see what went wrong, too.
  for (const address of ['/boom/', '/nowhere/']) {
    expect((await served.ask(address, { headers: { Origin: app } })).headers['access-control-allow-origin']).toBe(app)
  }
})

describe('a preflight', () => {
  const preflight = { Origin: app, 'Access-Control-Request-Method': 'PUT' }

  test('is answered without the view', async () => {
    await using served = await site({
      origins: [app],
      methods: ['GET', 'PUT'],
      headers: ['content-type', 'x-csrftoken'],
      maxAge: 600,
    })
    views = 0
    const answer = await served.ask('/', { method: 'OPTIONS', headers: preflight })
    expect(answer).toMatchObject({
      status: 204,
      text: '',
      headers: {
        'access-control-allow-origin': app,
        'access-control-allow-methods': 'GET, PUT',
        'access-control-allow-headers': 'content-type, x-csrftoken',
        'access-control-max-age': '600',
        vary: 'Origin',
        'x-content-type-options': 'nosniff',
      },
    })
    expect(answer.headers).not.toHaveProperty('content-type')
    // To an address that a redirect or a 404 would answer for as well.
    expect((await served.ask('/nowhere', { method: 'OPTIONS', headers: preflight })).status).toBe(204)
    expect(views).toBe(0)
  })

  test('of another origin is told nothing', async () => {
    await using served = await site({ origins: [app] })
    views = 0
    const headers = { ...preflight, Origin: 'https://evil.example' }
    const answer = await served.ask('/', { method: 'OPTIONS', headers })
    expect([answer.status, views]).toEqual([204, 0])
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('is no other OPTIONS', async () => {
    await using served = await site({ origins: [app] })
    views = 0
    await served.ask('/', { method: 'OPTIONS', headers: { Origin: app } })
    await served.ask('/', { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } })
    await served.ask('/', { method: 'GET', headers: preflight })
    expect(views).toBe(3)
  })
})

test('reading is not changing: the CSRF check stays', async () => {
  await using served = await site({ origins: [app], credentials: true })
  const headers = { Origin: app, 'Sec-Fetch-Site': 'cross-site' }
  const refused = await served.ask('/', { method: 'POST', headers })
  expect(refused.status).toBe(403)
  expect(refused.headers['access-control-allow-origin']).toBe(app)
  expect((await served.ask('/hook/', { method: 'POST', headers })).status).toBe(200)
})

describe('settings', () => {
  test.for<[Partial<CorsSettings>, string]>([
    [{ origins: ['*'], credentials: true }, "cors.origins holds '*' and cors.credentials is on"],
    [{ origins: ['app.example'] }, "cors.origins holds 'app.example'"],
    [{ origins: ['https://app.example/'] }, 'without a path'],
    [{ origins: ['null'] }, "cors.origins holds 'null'"],
    [{ origins: ['https://*'] }, "cors.origins holds 'https://*'"],
    [{ origins: ['https://a.*.example'] }, 'cors.origins holds'],
    [{ headers: ['x y'] }, 'cors.headers holds'],
    [{ methods: ['GET\r\nX: y'] }, 'cors.methods holds'],
    [{ credentials: true, headers: ['*'] }, "cors.headers holds '*'"],
    [{ maxAge: -1 }, 'cors.maxAge is -1'],
    [{ origin: [] } as Partial<CorsSettings>, "there is no setting 'origin' in cors. Did you mean 'origins'?"],
  ])('%o is found at start', ([cors, words]) => {
    expect(() => defineSettings({ baseDir: '/', debug: true, cors })).toThrow(words)
  })
})
