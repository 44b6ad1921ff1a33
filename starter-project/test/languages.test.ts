import { Client } from 'nuages/testing'
import { beforeAll, expect, test } from 'vitest'
import { openSite } from './site.ts'

let client: Client
beforeAll(async () => {
  client = new Client(await openSite())
})

test('what stands around the magazine is in the language of the visitor, the magazine in its own', async () => {
  const korean = await client.get('/', { headers: { 'Accept-Language': 'ko-KR,ko;q=0.9,en;q=0.5' } })
  expect(korean.text()).toContain('<html lang="ko"')
  expect(korean.text()).toContain('<main id="content" tabindex="-1" lang="en">')
  expect(korean.text()).toContain('로그인하고 글쓰기')
  expect(korean.headers.get('Content-Language')).toBe('ko')
  const english = await client.get('/')
  expect(english.text()).toContain('Log in to write')
  for (const { headers } of [korean, english]) expect(headers.get('Vary')).toContain('Accept-Language')
})

test('the pages of accounts, and what is wrong with what was typed, are in that language', async () => {
  const headers = { 'Accept-Language': 'ko' }
  expect((await client.get('/accounts/login/', { headers })).text()).toContain('이메일 주소')
  const refused = await client.post('/accounts/signup/', { headers, form: { email: 'nobody' } })
  expect(refused.status).toBe(200)
  expect(refused.text()).not.toMatch(/This field is required|Enter an email address/)
  expect(refused.text()).toMatch(/class="errorlist"[\s\S]*[가-힣]/)
})

test('a visitor may choose, and leads back to where they were', async () => {
  const chosen = await client.post('/language/', { form: { language: 'ko', next: '/tags/' } })
  expect([chosen.status, chosen.headers.get('Location')]).toEqual([303, '/tags/'])
  expect((await client.get('/tags/')).text()).toContain('<html lang="ko"')
  await client.post('/language/', { form: { language: 'en', next: 'https://elsewhere.example/' } })
  expect((await client.get('/tags/')).text()).toContain('<html lang="en"')
})
