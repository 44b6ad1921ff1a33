import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  defaultMiddleware,
  resetSetup,
  runChecks,
  type SettingsInput,
  setup,
  timeZoneMiddleware,
} from '../../src/index.ts'
import { serveProject } from '../project/serve-project.ts'
import { projectSettings } from '../project/settings.ts'

const languages = { en: 'English', ko: '한국어', 'pt-BR': 'Português' }

const inLanguages = (changes: Partial<SettingsInput> = {}): Partial<SettingsInput> => ({
  languages,
  urlconf: () => import('./urls.ts'),
  localeDirs: [join(import.meta.dirname, 'locale')],
  templates: { dirs: [join(import.meta.dirname, 'templates')] },
  ...changes,
})

afterAll(() => resetSetup())

describe('the language of a request', () => {
  test('is what the browser asks for, and the answer says so', async () => {
    await using site = await serveProject(inLanguages())
    const korean = await site.ask('/hello/', { headers: { 'Accept-Language': 'ko-KR,ko;q=0.9,en;q=0.8' } })
    expect(korean).toMatchObject({
      text: '안녕하세요',
      headers: { 'content-language': 'ko', vary: expect.stringContaining('Accept-Language') },
    })
    const none = await site.ask('/hello/', { headers: { 'Accept-Language': 'fr' } })
    expect(none).toMatchObject({ text: 'Hello', headers: { 'content-language': 'en' } })
    expect(none.headers.vary).toContain('Accept-Language')
  })

  test('CVE-2024-39614: is the choice in the cookie before that, where it is a language of the site', async () => {
    await using site = await serveProject(inLanguages())
    const ask = (cookie: string) =>
      site.ask('/hello/', { headers: { Cookie: `nuages_language=${cookie}`, 'Accept-Language': 'pt-BR' } })
    expect((await ask('ko')).headers).toMatchObject({
      'content-language': 'ko',
      vary: expect.stringContaining('Cookie'),
    })
    expect((await ask('ko-kr')).headers['content-language']).toBe('ko')
    for (const cookie of ['fr', '', 'xx-'.repeat(2000), '../ko', '(a+)+', '%00']) {
      expect((await ask(cookie)).headers['content-language']).toBe('pt-BR')
    }
  })

  test('is not found out where nobody asks: what has no texts is one answer for all', async () => {
    await using site = await serveProject(inLanguages())
    const { headers } = await site.ask('/plain/', { headers: { 'Accept-Language': 'ko' } })
    expect(headers).not.toHaveProperty('content-language')
    expect(headers.vary ?? '').not.toContain('Accept-Language')
    const stream = await site.ask('/stream/', { headers: { 'Accept-Language': 'ko' } })
    expect(stream.headers).toMatchObject({ 'content-language': 'ko', vary: expect.stringContaining('Accept-Language') })
  })

  test('is known to templates, with those to choose from', async () => {
    await using site = await serveProject(inLanguages())
    const { text } = await site.ask('/page/', { headers: { 'Accept-Language': 'ko' } })
    expect(text).toBe('<html lang="ko">안녕하세요 en=English ko=한국어 pt-BR=Português /ko/about/')
  })

  test('is that of the error page as well', async () => {
    await using site = await serveProject(inLanguages())
    const answer = await site.ask('/nowhere/', { headers: { 'Accept-Language': 'ko' } })
    expect(answer.status).toBe(404)
  })

  test('costs nothing where there is one: the middleware is left out', async () => {
    await using site = await serveProject(inLanguages({ languages: {}, languageCode: 'ko' }))
    const { text, headers } = await site.ask('/hello/', { headers: { 'Accept-Language': 'en' } })
    expect(text).toBe('안녕하세요')
    expect(headers.vary ?? '').not.toContain('Accept-Language')
  })

  test('mixes with no other, however many there are at once', async () => {
    await using site = await serveProject(inLanguages())
    const tags = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? 'ko' : 'en'))
    const answers = await Promise.all(tags.map((tag) => site.ask(`/${tag}/about/`)))
    expect(answers.map(({ text }) => text)).toEqual(tags.map((tag) => (tag === 'ko' ? 'ko 안녕하세요' : 'en Hello')))
  })
})

describe('the language in the address', () => {
  test('is active, whatever the browser asks for', async () => {
    await using site = await serveProject(inLanguages())
    const answer = await site.ask('/ko/about/', { headers: { 'Accept-Language': 'en', Cookie: 'nuages_language=en' } })
    expect(answer).toMatchObject({ status: 200, text: 'ko 안녕하세요', headers: { 'content-language': 'ko' } })
    expect(answer.headers.vary ?? '').not.toContain('Accept-Language')
    expect((await site.ask('/pt-br/posts/2026/')).text).toBe('pt-BR 2026')
  })

  test('is put in front where it is missing', async () => {
    await using site = await serveProject(inLanguages())
    const answer = await site.ask('/about/?page=2', { headers: { 'Accept-Language': 'ko' } })
    expect(answer).toMatchObject({ status: 302, headers: { location: '/ko/about/?page=2' } })
    expect(answer.headers.vary).toContain('Accept-Language')
    expect(await site.ask('/about', { headers: { 'Accept-Language': 'ko' } })).toMatchObject({
      status: 302,
      headers: { location: '/ko/about' },
    })
    expect((await site.ask('/nowhere/')).status).toBe(404)
    expect((await site.ask('//evil.example/about/')).status).toBe(404)
    expect((await site.ask('/about/', { method: 'POST' })).status).toBe(404)
  })

  test('CVE-2022-41323: is read as text, and is no language that the site has not', async () => {
    await using site = await serveProject(inLanguages())
    for (const path of [
      '/fr/about/',
      '/KO/about/',
      '/k./about/',
      '/(ko)/about/',
      '/ko',
      `/${'k'.repeat(5000)}/about/`,
    ]) {
      expect((await site.ask(path)).status).toBe(404)
    }
  })

  test('may be left out for the language of the project', async () => {
    await using site = await serveProject(inLanguages({ urlconf: () => import('./unprefixed-urls.ts') }))
    const korean = { headers: { 'Accept-Language': 'ko' } }
    expect((await site.ask('/about/', korean)).text).toBe('en /about/')
    expect((await site.ask('/ko/about/', korean)).text).toBe('ko /ko/about/')
    expect((await site.ask('/en/about/', korean)).status).toBe(404)
    expect(await site.ask('/fixed/', korean)).toMatchObject({ text: 'en', headers: { 'content-language': 'en' } })
  })
})

describe('set_language', () => {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

  test('keeps the choice in a cookie and goes back, to the same page in the new language', async () => {
    await using site = await serveProject(inLanguages())
    const post = (body: string, headers = {}) =>
      site.ask('/choose/', { method: 'POST', body, headers: { ...form, ...headers } })
    const answer = await post('language=ko&next=/en/posts/2026/?q=1%23top')
    expect(answer).toMatchObject({ status: 303, headers: { location: '/ko/posts/2026/?q=1#top' } })
    expect(answer.headers['set-cookie']).toEqual(['nuages_language=ko; Path=/; SameSite=Lax'])
    expect((await post('language=KO&next=/hello/')).headers.location).toBe('/hello/')
    const back = await post('language=ko', { Host: 'example.com', Referer: 'http://example.com/en/about/' })
    expect(back.headers.location).toBe('http://example.com/ko/about/')
  })

  test('CVE-2026-15337: leads to no other site, takes no other language, and keeps nothing of a long one', async () => {
    await using site = await serveProject(inLanguages())
    const post = (body: string, headers = {}) =>
      site.ask('/choose/', { method: 'POST', body, headers: { ...form, Accept: 'text/html', ...headers } })
    for (const next of ['//evil.example/', 'https://evil.example/', 'javascript:alert(1)', '\\\\evil.example']) {
      expect((await post(`language=ko&next=${encodeURIComponent(next)}`)).headers.location).toBe('/')
    }
    expect((await post('language=ko', { Referer: 'http://evil.example/' })).headers.location).toBe('/')
    for (const language of ['fr', '', 'ko%0d%0aX: y', 'k.', 'ko-'.repeat(100_000)]) {
      expect((await post(`language=${language}`)).headers).not.toHaveProperty('set-cookie')
    }
  })

  test('changes nothing for GET, and wants a token for POST', async () => {
    await using site = await serveProject(inLanguages())
    expect((await site.ask('/choose/?language=ko')).headers).not.toHaveProperty('set-cookie')
    const forged = await site.ask('/i18n/setlang/', { method: 'POST', body: 'language=ko', headers: form })
    expect(forged.status).toBe(403)
  })

  test('answers a script without a page', async () => {
    await using site = await serveProject(inLanguages())
    const headers = { ...form, Accept: 'application/json' }
    expect(await site.ask('/choose/', { method: 'POST', body: 'language=ko', headers })).toMatchObject({ status: 204 })
  })
})

test('the time zone of a visitor', async () => {
  const zones = timeZoneMiddleware((request) => request.cookies.get('timezone'))
  const late = timeZoneMiddleware(async (request) => request.headers.get('X-Zone'))
  await using site = await serveProject(inLanguages({ middleware: [...defaultMiddleware, zones, late] }))
  const ask = async (headers: Readonly<Record<string, string>>) => (await site.ask('/moment/', { headers })).text
  expect(await ask({ Cookie: 'timezone=Asia/Seoul' })).toBe('Nov. 6, 2026, 1:30 a.m.')
  expect(await ask({ 'X-Zone': 'Asia/Seoul', 'Accept-Language': 'ko' })).toBe('2026년 11월 6일 오전 1:30')
  for (const timezone of ['', 'Nowhere/City', '../etc', 'Asia/'.repeat(1000), '+99:99']) {
    expect(await ask({ Cookie: `timezone=${timezone}` })).toBe('Nov. 5, 2026, 4:30 p.m.')
  }
})

test('what is wrong with languages is found by the checks', async () => {
  await resetSetup()
  await setup(projectSettings({ languages: { ko: '한국어' }, localeDirs: ['nowhere'] }))
  const found = await runChecks({ tags: ['translation'] })
  expect(found.map(({ id }) => id)).toEqual(['translation.E004', 'translation.W001'])
})
