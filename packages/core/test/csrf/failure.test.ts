import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { Client } from 'nuages/testing'
import { afterAll, describe, expect, test } from 'vitest'
import {
  createApplication,
  csrfMiddleware,
  defaultMiddleware,
  defineSettings,
  type Middleware,
  resetSetup,
  runChecks,
  setup,
} from '../../src/index.ts'
import { serveProject } from '../project/serve-project.ts'
import { projectSettings } from '../project/settings.ts'
import { urlpatterns, visitor, visitorWithToken } from './project.ts'

afterAll(resetSetup)

const html = { headers: { Accept: 'text/html' } }

describe('the page of a request that was turned away', () => {
  test('tells visitors what to do, and nothing else', async () => {
    const { client } = await visitorWithToken()
    const response = await client.post('/take/', html)
    expect(response.status).toBe(403)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.text()).toContain('Nothing was changed.')
    expect(response.text()).toContain('Go back, reload the page, and send it again.')
    expect(response.text()).not.toContain('csrf %}')
    const foreign = await client.post('/take/', { headers: { ...html.headers, Origin: 'http://evil.com' } })
    expect(foreign.text()).toContain('open this site itself')
    expect(foreign.text()).not.toContain('evil.com')
    const text = await client.post('/take/', { headers: { Accept: 'text/plain' } })
    expect(text.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
    expect(text.text()).toContain('This was not accepted')
  })

  test('tells developers the reason and the way out, without a hole of its own', async () => {
    const { client, token } = await visitorWithToken({ debug: true })
    const missing = (await client.post('/take/', html)).text()
    expect(missing).toContain('The request has no token')
    expect(missing).toContain('Put {% csrf %} into the form.')
    const evil = await client.post('/take/', { headers: { ...html.headers, Origin: '"><script>' } })
    expect(evil.text()).not.toContain('<script>')
    expect(evil.text()).toContain('&quot;&gt;&lt;script&gt;')
    const scheme = await client.post('/take/', { headers: { ...html.headers, Origin: 'https://example.com' } })
    expect(scheme.text()).toContain('secureProxySslHeader')
    client.cookies.clear()
    const cookie = await client.post('/take/', { form: { csrfmiddlewaretoken: token } })
    expect(cookie.text()).toContain('The request has no cookie &#39;csrftoken&#39;.')
    const text = await client.post('/take/', { headers: { Accept: 'text/plain' } })
    expect(text.text()).toContain("Reason: The request has no cookie 'csrftoken'.")
  })

  test('is the project’s own: its template, or its view', async () => {
    const templates = { dirs: [`${import.meta.dirname}/templates`, `${import.meta.dirname}/own-templates`] }
    const own = await visitor({ templates })
    const response = await own.post('/take/')
    expect([response.status, response.text()]).toEqual([
      403,
      'cookie: The request has no cookie &#x27;csrftoken&#x27;.',
    ])
    const viewed = await visitor({
      templates,
      csrfFailureView: async (request, error) => new HttpResponse(`${request.path} ${error.kind}`, { status: 403 }),
    })
    expect((await viewed.post('/take/')).text()).toBe('/take/ cookie')
  })
})

test('the test client may post as it likes, unless it is told to be strict', async () => {
  const client = await visitor({}, { enforceCsrfChecks: false })
  expect((await client.post('/take/', { form: { title: 'x' } })).status).toBe(200)
  expect((await client.delete('/take/')).status).toBe(200)
})

test('over a real socket: a form, a forged one, and no header that turns the check off', async () => {
  await using site = await serveProject({
    urlconf: async () => ({ urlpatterns }),
    templates: { dirs: [`${import.meta.dirname}/templates`] },
  })
  const page = await site.ask('/form/')
  const [cookie] = page.headers['set-cookie']![0]!.split(';')
  const token = /value="(\w+)"/.exec(page.text)![1]!
  const post = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    site.ask('/take/', {
      method: 'POST',
      body,
      headers: { Cookie: cookie!, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    })
  expect(await post(`title=Cloud&csrfmiddlewaretoken=${token}`)).toMatchObject({ status: 200 })
  expect((await post('title=Cloud')).status).toBe(403)
  expect((await post(`csrfmiddlewaretoken=${token}`, { Cookie: 'other=1' })).status).toBe(403)
  expect((await post(`csrfmiddlewaretoken=${token}`, { Origin: 'http://evil.com' })).status).toBe(403)
  expect(
    (
      await post('title=x', { 'nuages.skipCsrfChecks': 'true', 'Symbol(nuages.skipCsrfChecks)': '1' }).catch(() => ({
        status: 400,
      }))
    ).status,
  ).toBeGreaterThanOrEqual(400)
})

test('with csrfUseSessions and no sessions, an error says so', async () => {
  const client = await visitor({ csrfUseSessions: true, debug: true }, { raiseRequestException: false })
  const response = await client.get('/')
  expect(response.status).toBe(500)
  expect(response.text()).toContain('csrfUseSessions is on, and the request has no session.')
})

describe('processView of a middleware', () => {
  const seen: string[] = []
  const watching = (name: string, answer?: () => HttpResponse | undefined | Promise<HttpResponse | undefined>) =>
    Object.assign(((request, next) => next(request)) as Middleware, {
      processView: ((_request, match) => {
        seen.push(`${name} ${match.route}`)
        return answer?.()
      }) as Middleware['processView'],
    })

  async function answers(middleware: readonly Middleware[]): Promise<string> {
    await resetSetup()
    seen.length = 0
    const views = [
      path('page/', () => {
        seen.push('view')
        return new HttpResponse('the view')
      }),
    ]
    const application = await createApplication(
      projectSettings({ middleware, urlconf: async () => ({ urlpatterns: views }) }),
    )
    return (await new Client(application).get('/page/')).text()
  }

  test('sees the view that was found, in their order, and may answer in its place', async () => {
    expect(await answers([watching('a'), watching('b', async () => undefined), watching('c')])).toBe('the view')
    expect(seen).toEqual(['a page/', 'b page/', 'c page/', 'view'])
    expect(await answers([watching('a', () => new HttpResponse('a')), watching('b')])).toBe('a')
    expect(seen).toEqual(['a page/'])
    expect(await answers([watching('a', async () => new HttpResponse('late')), watching('b')])).toBe('late')
  })
})

describe('settings', () => {
  test.for([
    ['csrfTrustedOrigins', ['example.com'], 'an array of origins'],
    ['csrfTrustedOrigins', ['https://example.com/'], 'an array of origins'],
    ['csrfTrustedOrigins', ['https://*'], 'an array of origins'],
    ['csrfTrustedOrigins', ['https://a.*.com'], 'an array of origins'],
    ['csrfCookieName', 'a;b', 'the name of a cookie'],
    ['csrfHeaderName', 'X CSRF', 'the name of a header'],
    ['csrfCookieAge', 0, 'a number of seconds above 0, or null'],
    ['csrfFailureView', 'blog.views.failure', 'a function (request, error) => response'],
  ])('%s is not %o', ([name, value, words]) => {
    const settings = { baseDir: '/', debug: true, [name as string]: value } as Parameters<typeof defineSettings>[0]
    expect(() => defineSettings(settings)).toThrow(words as string)
  })

  test('what makes the protection weaker is found before it goes online', async () => {
    const found = async (changes: Parameters<typeof projectSettings>[0]) => {
      await resetSetup()
      await setup(projectSettings(changes))
      return (await runChecks({ deploy: true, tags: ['security'] })).map(({ id }) => id)
    }
    expect(await found({})).not.toContain('security.W003')
    expect(await found({})).not.toContain('security.W016')
    expect(await found({ csrfCookieSecure: false })).toContain('security.W016')
    const without = defaultMiddleware.filter((middleware) => middleware !== csrfMiddleware)
    expect(await found({ middleware: without })).toContain('security.W003')
  })
})
