import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { Client } from 'nuages/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { createApplication, resetSetup, type SettingsInput } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

afterAll(resetSetup)

const urlpatterns = [
  path('', () => new HttpResponse('page')),
  path('health/', () => new HttpResponse('well')),
  path('own/', () => new HttpResponse('x', { headers: { 'Strict-Transport-Security': 'max-age=60' } })),
  path('<path:any>/', () => new HttpResponse('any')),
]

async function client(changes: Partial<SettingsInput>, secure = false): Promise<Client> {
  await resetSetup()
  const application = await createApplication(
    projectSettings({ urlconf: async () => ({ urlpatterns }), allowedHosts: ['example.com'], ...changes }),
  )
  return new Client(application, { host: 'example.com', secure, raiseRequestException: false })
}

describe('plain HTTP', () => {
  const redirects: [string, string, Partial<SettingsInput>, string | undefined][] = [
    ['is answered while secureSslRedirect is off', '/', { secureSslRedirect: false }, undefined],
    ['is sent on', '/', {}, 'https://example.com/'],
    ['is sent on with its path and query', '/a%20b/?q=%C3%A9&x=1', {}, 'https://example.com/a%20b/?q=%C3%A9&x=1'],
    [
      'is sent on to the host of the settings',
      '/a/',
      { secureSslHost: 'secure.example.com' },
      'https://secure.example.com/a/',
    ],
    ['never leads elsewhere', '//evil.example/', {}, 'https://example.com/%2Fevil.example/'],
    ['never leads elsewhere by a backslash', '/%5Cevil.example/', {}, 'https://example.com/%5Cevil.example/'],
    ['is answered where the path is exempt', '/health/', { secureRedirectExempt: [/^health\/$/] }, undefined],
    ['is sent on beside that', '/health/x/', { secureRedirectExempt: [/^health\/$/] }, 'https://example.com/health/x/'],
  ]
  test.for(redirects)('%s', async ([, address, changes, location]) => {
    const response = await (await client({ secureSslRedirect: true, ...changes })).get(address)
    expect(response.status).toBe(location === undefined ? 200 : 301)
    expect(response.headers.get('Location')).toBe(location)
  })

  test('is not sent on when it came over HTTPS, by itself or by a proxy', async () => {
    expect((await (await client({ secureSslRedirect: true }, true)).get('/')).status).toBe(200)
    const behind = await client({ secureSslRedirect: true, secureProxySslHeader: ['X-Forwarded-Proto', 'https'] })
    expect((await behind.get('/', { headers: { 'X-Forwarded-Proto': 'https' } })).status).toBe(200)
    for (const said of ['http', 'HTTPS ', 'https-ish', '']) {
      expect((await behind.get('/', { headers: { 'X-Forwarded-Proto': said } })).status, said).toBe(301)
    }
    const unproxied = await client({ secureSslRedirect: true })
    expect((await unproxied.get('/', { headers: { 'X-Forwarded-Proto': 'https' } })).status).toBe(301)
  })

  test('to a host that is not served goes nowhere', async () => {
    const response = await (await client({ secureSslRedirect: true })).get('/', { headers: { Host: 'evil.example' } })
    expect([response.status, response.headers.get('Location')]).toEqual([400, undefined])
  })

  test('loses no body silently: what was posted is sent on as a GET would be, and not taken', async () => {
    const response = await (await client({ secureSslRedirect: true })).post('/', { form: { a: '1' } })
    expect([response.status, response.headers.get('Location')]).toEqual([301, 'https://example.com/'])
  })
})

describe('Strict-Transport-Security', () => {
  test.for<[Partial<SettingsInput>, string | undefined]>([
    [{}, undefined],
    [{ secureHstsSeconds: 3600 }, 'max-age=3600'],
    [{ secureHstsSeconds: 3600, secureHstsIncludeSubdomains: true }, 'max-age=3600; includeSubDomains'],
    [{ secureHstsSeconds: 3600, secureHstsPreload: true }, 'max-age=3600; preload'],
    [
      { secureHstsSeconds: 1, secureHstsIncludeSubdomains: true, secureHstsPreload: true },
      'max-age=1; includeSubDomains; preload',
    ],
    [{ secureHstsIncludeSubdomains: true, secureHstsPreload: true }, undefined],
  ])('%o', async ([changes, header]) => {
    const secure = await client(changes, true)
    for (const address of ['/', '/nowhere']) {
      expect((await secure.get(address)).headers.get('Strict-Transport-Security'), address).toBe(header)
    }
    // Over plain HTTP anybody could have said it.
    expect((await (await client(changes)).get('/')).headers.has('Strict-Transport-Security')).toBe(false)
  })

  test('of a view stays', async () => {
    const response = await (await client({ secureHstsSeconds: 3600 }, true)).get('/own/')
    expect(response.headers.get('Strict-Transport-Security')).toBe('max-age=60')
  })
})
