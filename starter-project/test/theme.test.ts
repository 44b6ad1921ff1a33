import type { Application } from 'nuages/gateway'
import { Client } from 'nuages/testing'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSite } from './site.ts'

let application: Application
let client: Client
beforeAll(async () => {
  application = await openSite()
})
beforeEach(() => {
  client = new Client(application)
})

function choose(theme: string, next?: string) {
  return client.post('/theme/', { form: { theme, ...(next === undefined ? {} : { next }) } })
}

test('the choice is kept, and the reader comes back to the same page', async () => {
  const response = await choose('dark', '/search/?q=fog')
  expect([response.status, response.headers.get('Location')]).toEqual([303, '/search/?q=fog'])
  expect(response.cookies.get('theme')).toMatchObject({ value: 'dark', httpOnly: true, sameSite: 'lax', path: '/' })
  const page = await client.get('/about/')
  expect(page.text()).toContain('<html lang="en" data-theme="dark">')
  expect(page.headers.get('Vary')).toContain('Cookie')
})

test('a page that answers no GET leads to the front page', async () => {
  const refused = await client.post('/posts/the-green-flash/comment/', { form: { name: '' } })
  expect(refused.text()).toContain('<input type="hidden" name="next" value="/">')
  expect((await client.get('/about/')).text()).toContain('<input type="hidden" name="next" value="/about/">')
})

test('auto forgets it', async () => {
  await choose('light')
  await choose('auto')
  expect(client.cookies.get('theme')).toBeUndefined()
  expect((await client.get('/about/')).text()).toContain('<html lang="en">')
})

describe('it leads nowhere else', () => {
  test.each([
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '/\t/elsewhere.example/',
    '/..//elsewhere.example/',
    'javascript:alert(1)',
    'about/',
    '',
  ])('%j', async (next) => {
    expect((await choose('dark', next)).headers.get('Location')).toBe('/')
  })
})

test('a theme that is none is a bad request, and GET is not allowed', async () => {
  expect((await choose('purple')).status).toBe(400)
  expect((await client.post('/theme/')).status).toBe(400)
  const response = await client.get('/theme/')
  expect([response.status, response.headers.get('Allow')]).toEqual([405, 'POST'])
})

test('a cookie that is no theme is passed over', async () => {
  const response = await client.get('/about/', { headers: { Cookie: 'theme="><script>' } })
  expect(response.text()).toContain('<html lang="en">')
})
