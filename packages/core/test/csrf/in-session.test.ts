import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { sessions } from 'nuages/sessions'
import { Client, type DatabaseFixtures, testDatabase } from 'nuages/testing'
import { test as base, beforeAll, expect } from 'vitest'
import { createApplication, type Settings, type SettingsInput } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'
import { urlpatterns } from './project.ts'

const settings = (changes: Partial<SettingsInput> = {}): Settings =>
  projectSettings({
    allowedHosts: ['example.com', 'testserver'],
    installedApps: [sessions],
    databases: { default: 'sqlite:unused.sqlite3' },
    urlconf: async () => ({
      urlpatterns: [
        ...urlpatterns,
        path('flush/', async (request) => {
          await Reflect.get(request, 'session').flush()
          return new HttpResponse('flushed')
        }),
      ],
    }),
    templates: { dirs: [`${import.meta.dirname}/templates`, `${import.meta.dirname}/session-templates`] },
    csrfUseSessions: true,
    ...changes,
  } as Partial<SettingsInput>)

const project = settings()
const test = base.extend<DatabaseFixtures>(testDatabase(project))

let visitor: () => Client
beforeAll(async () => {
  const application = await createApplication(project)
  visitor = () => new Client(application, { enforceCsrfChecks: true })
})

const tokenIn = (html: string): string => /value="([A-Za-z0-9]{64})"/.exec(html)![1]!

test('the token is in the session, and there is no cookie of its own', async () => {
  const client = visitor()
  for (const address of ['/form/', '/token/', '/printed/']) {
    client.cookies.clear()
    const response = await client.get(address)
    expect([...response.cookies.keys()]).toEqual(['sessionid'])
    expect(response.headers.get('Vary')).toBe('Cookie')
  }
})

test('it is accepted, also in a header and from another page, and no other is', async () => {
  const client = visitor()
  const first = tokenIn((await client.get('/form/')).text())
  const second = (await client.get('/token/')).text()
  for (const token of [first, second]) {
    expect((await client.post('/take/', { form: { csrfmiddlewaretoken: token } })).status).toBe(200)
    expect((await client.put('/json/', { json: 1, headers: { 'X-CSRFToken': token } })).status).toBe(200)
  }
  const other = visitor()
  await other.get('/form/')
  const refused = await other.post('/take/', { form: { csrfmiddlewaretoken: first } })
  expect(refused.status).toBe(403)
  // What stands in a cookie of the other kind counts for nothing.
  const planted = visitor()
  planted.cookies.set('csrftoken', first)
  expect((await planted.post('/take/', { form: { csrfmiddlewaretoken: first } })).status).toBe(403)
})

test('a page that does not use it makes no session', async () => {
  const client = visitor()
  for (const address of ['/', '/asks/']) {
    const response = await client.get(address)
    expect(response.cookies.size, address).toBe(0)
  }
})

test('it is another after a log-in, and gone with the session', async () => {
  const client = visitor()
  const before = (await client.get('/token/')).text()
  const after = (await client.get('/login/')).text()
  expect((await client.post('/take/', { form: { csrfmiddlewaretoken: before } })).status).toBe(403)
  expect((await client.post('/take/', { form: { csrfmiddlewaretoken: after } })).status).toBe(200)
  await client.get('/flush/')
  const refused = await client.post('/take/', {
    form: { csrfmiddlewaretoken: after },
    headers: { Accept: 'text/plain' },
  })
  expect(refused.status).toBe(403)
  expect(refused.text()).toContain('Allow cookies for this site')
})

test('forms on error pages have it too', async () => {
  const client = visitor()
  const token = tokenIn((await client.get('/nowhere/')).text())
  expect((await client.post('/take/', { form: { csrfmiddlewaretoken: token } })).status).toBe(200)
})

test('views that are exempt take anything', async () => {
  expect((await visitor().post('/hook/', { form: { title: 'x' } })).status).toBe(200)
})
