import { createApplication, type Settings } from '@nuages/core'
import { withTimeZone } from '@nuages/i18n'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import type { Application } from 'nuages/gateway'
import { test as base, beforeAll, beforeEach, describe, expect, vi } from 'vitest'
import { caches } from '../src/index.ts'
import settings from './project/settings.ts'
import { asked } from './project/urls.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings as Settings))

let application: Application
beforeAll(async () => {
  application = await createApplication(settings as Settings)
})
beforeEach(async () => {
  asked.times = 0
  await caches.get().clear()
  await caches.get('other').clear()
})

async function text(
  path: string,
  headers: Record<string, string> = {},
  client = new Client(application),
): Promise<string> {
  return (await client.get(path, { headers })).text().trim()
}

describe('a page that is kept', () => {
  test('is made once, and says how old it is', async () => {
    const client = new Client(application)
    const made = await client.get('/page/')
    expect(made.text().trim()).toBe('page 1')
    expect(made.headers.get('Cache-Control')).toBe('max-age=300')
    expect(Date.parse(made.headers.get('Expires')!) - Date.now()).toBeGreaterThan(297_000)
    expect(made.headers.has('Age')).toBe(false)
    const kept = await client.get('/page/')
    expect(kept.text().trim()).toBe('page 1')
    expect(kept.headers.get('Age')).toBe('0')
    expect(kept.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(kept.headers.get('Expires')).toBe(made.headers.get('Expires'))
    expect(kept.headers.get('X-Frame-Options')).toBe('DENY')
    expect(await text('/page/?a=1')).toBe('page 2')
    expect((await new Client(application, { host: 'other.example' }).get('/page/')).text().trim()).toBe('page 3')
    expect((await client.get('/page/', { secure: true })).text().trim()).toBe('page 4')
    expect(asked.times).toBe(4)
  })

  test('for as long as it was told', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      expect(await text('/short/')).toBe('page 1')
      vi.setSystemTime(Date.now() + 9000)
      const kept = await new Client(application).get('/short/')
      expect(kept.text().trim()).toBe('page 1')
      expect(kept.headers.get('Age')).toBe('9')
      vi.setSystemTime(Date.now() + 1001)
      expect(await text('/short/')).toBe('page 2')
      expect(await text('/forever/')).toBe('page 3')
      vi.setSystemTime(Date.now() + 1e11)
      expect(await text('/forever/')).toBe('page 3')
      expect(await text('/no-timeout/')).toBe('page 4')
      expect(await text('/no-timeout/')).toBe('page 5')
    } finally {
      vi.useRealTimers()
    }
  })

  test('without what its headers say of one answer', async () => {
    const path = `/page/?${['RateLimit:"client";r=1', 'X-Request-ID:first', 'Server-Timing:db', 'X-Other:kept'].map((header) => `header=${header}`).join('&')}`
    const [made, kept] = [await new Client(application).get(path), await new Client(application).get(path)]
    expect(made.headers.get('RateLimit')).toBe('"client";r=1')
    expect(kept.text()).toBe(made.text())
    expect(kept.headers.get('X-Other')).toBe('kept')
    expect(kept.headers.has('RateLimit')).toBe(false)
    expect(kept.headers.has('Server-Timing')).toBe(false)
    expect(kept.headers.get('X-Request-ID')).not.toBe('first')
  })

  test('in bytes', async () => {
    const client = new Client(application)
    for (const _ of [1, 2]) {
      const response = await client.get('/bytes/')
      expect([...response.bytes()]).toEqual([0, 255, 1])
      expect(response.headers.get('Content-Type')).toBe('image/x-test')
    }
  })

  test('answers HEAD, which keeps nothing itself', async () => {
    const client = new Client(application)
    await client.head('/page/')
    expect(asked.times).toBe(1)
    expect(await text('/page/')).toBe('page 2')
    const head = await client.head('/page/')
    expect(head.status).toBe(200)
    expect(head.text()).toBe('')
    expect(head.headers.get('Content-Length')).toBe('200')
    expect(asked.times).toBe(2)
  })

  test('is 304 for whoever holds it', async () => {
    const client = new Client(application)
    const etag = (await client.get('/page/')).headers.get('ETag')!
    const again = await client.get('/page/', { headers: { 'If-None-Match': etag } })
    expect(again.status).toBe(304)
    expect(again.text()).toBe('')
    expect(again.headers.get('ETag')).toBe(etag)
    expect(asked.times).toBe(1)
  })

  test.for(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is neither answered from it nor kept', async (method) => {
    const client = new Client(application)
    await client.request(method, '/page/')
    await client.request(method, '/page/')
    expect(asked.times).toBe(2)
    expect(await text('/page/')).toBe('page 3')
    await client.request(method, '/page/')
    expect(asked.times).toBe(4)
  })

  test('is another one in another language', async () => {
    expect(await text('/page/', { 'Accept-Language': 'ko' })).toBe('page 1')
    expect(await text('/page/', { 'Accept-Language': 'en' })).toBe('page 2')
    expect(await text('/page/', { 'Accept-Language': 'ko;q=0.9, fr' })).toBe('page 1')
  })

  test('is another one in another time zone', async () => {
    expect(await text('/page/')).toBe('page 1')
    expect(await withTimeZone('Asia/Seoul', () => text('/page/'))).toBe('page 2')
    expect(await withTimeZone('Asia/Seoul', () => text('/page/'))).toBe('page 2')
  })
})

describe('what is not kept', () => {
  test.for([
    ['it failed', '/page/?status=500'],
    ['it is not there', '/page/?status=404'],
    ['it is a part', '/page/?status=206'],
    ['it leads elsewhere', '/page/?status=302&header=Location:/plain/'],
    ['it is private', '/page/?header=Cache-Control:max-age=60, private'],
    ['it is private, in a list', '/page/?header=Cache-Control:private="X-Name, X-Other"'],
    ['it says no-store', '/page/?header=Cache-Control:no-store'],
    ['it says no-cache', '/page/?header=Cache-Control:no-cache'],
    ['it is over at once', '/page/?header=Cache-Control:max-age=0'],
    ['it is over at once for caches', '/page/?header=Cache-Control:max-age=60, s-maxage=0'],
    ['it expires with no date', '/page/?header=Expires:0'],
    ['it has expired', '/page/?header=Expires:Thu, 01 Jan 1970 00:00:00 GMT'],
    ['it sets a cookie', '/page/?cookie'],
    ['it sets a cookie by hand', '/page/?header=Set-Cookie:a=b'],
    ['never', '/never/'],
  ])('%s', async ([, path]) => {
    const [first, second] = [await text(path!), await text(path!)]
    expect([first, second]).toEqual(['page 1', 'page 2'])
    expect(asked.times).toBe(2)
  })

  test('a stream', async () => {
    expect(await text('/stream/')).toBe('stream 1')
    expect(await text('/stream/')).toBe('stream 2')
  })

  test('an error of the view', async () => {
    const client = new Client(application, { raiseRequestException: false })
    for (const times of [1, 2]) {
      expect((await client.get('/fails/')).status).toBe(500)
      expect(asked.times).toBe(times)
    }
  })
})

describe('no entry is for another visitor', () => {
  test('a page with a CSRF token', async () => {
    const [ann, ben] = [new Client(application), new Client(application)]
    const tokens = [await ann.get('/form/'), await ann.get('/form/'), await ben.get('/form/')].map((page) =>
      page.text(),
    )
    expect(new Set(tokens).size).toBe(3)
    expect(ben.cookies.get('csrftoken')).not.toBe(ann.cookies.get('csrftoken'))
  })

  test('a page with a nonce', async () => {
    expect(await text('/nonce/')).not.toBe(await text('/nonce/'))
    expect(asked.times).toBe(2)
  })

  test('a page whose view looks at a cookie', async () => {
    const [ann, ben] = [{ Cookie: 'name=ann' }, { Cookie: 'name=ben' }]
    expect(await text('/reads-cookie/')).toBe('undefined 1')
    expect(await text('/reads-cookie/', ann)).toBe('ann 2')
    expect(await text('/reads-cookie/', ben)).toBe('ben 3')
    expect(await text('/reads-cookie/', ann)).toBe('ann 2')
    expect(await text('/reads-cookie/')).toBe('undefined 1')
    const shared = await new Client(application).get('/reads-cookie/')
    expect(shared.headers.get('Vary')).toContain('Cookie')
    expect(shared.headers.get('Cache-Control')).toBe('max-age=300')
    const own = await new Client(application).get('/reads-cookie/', { headers: ann })
    expect(own.headers.get('Cache-Control')).toBe('max-age=300, private')
  })

  test('a page whose view is told the user otherwise', async () => {
    expect(await text('/whoami/', { 'X-Remote-User': 'ann' })).toBe('ann 1')
    expect(await text('/whoami/', { 'X-Remote-User': 'ben' })).toBe('ben 2')
    expect(await text('/whoami/')).toBe('nobody 3')
    expect(await text('/whoami/')).toBe('nobody 3')
  })

  test('a page whose view looks at the session', async () => {
    const [ann, ben, nobody] = [new Client(application), new Client(application), new Client(application)]
    expect(await text('/name/', {}, nobody)).toBe('undefined 1')
    await ann.get('/sign-in/?name=ann')
    await ben.get('/sign-in/?name=ben')
    expect(await text('/name/', {}, ann)).toBe('ann 2')
    expect(await text('/name/', {}, ben)).toBe('ben 3')
    expect(await text('/name/', {}, ann)).toBe('ann 2')
    expect(await text('/name/', {}, nobody)).toBe('undefined 1')
  })

  test('a page whose view changes the session', async () => {
    const client = new Client(application)
    expect(await text('/visits/', {}, client)).toBe('visits 1')
    expect(await text('/visits/', {}, client)).toBe('visits 2')
    expect(await text('/visits/')).toBe('visits 1')
  })

  test('a page with a message', async () => {
    const client = new Client(application)
    await client.get('/say/')
    expect(await text('/messages/', {}, client)).toBe('Only for you|')
    expect(await text('/messages/')).toBe('|')
    expect(await text('/messages/', {}, client)).toBe('|')
  })
})

describe('Vary', () => {
  test('tells answers apart', async () => {
    expect(await text('/varies/', { 'X-Kind': 'a' })).toBe('a 1')
    expect(await text('/varies/', { 'X-Kind': 'b' })).toBe('b 2')
    expect(await text('/varies/', { 'X-Kind': 'a', 'X-Other': 'x' })).toBe('a 1')
    expect(await text('/varies/')).toBe('undefined 3')
  })

  test('what an answer once depended on, others at that address do as well', async () => {
    const varies = '/page/?header=Vary:X-Kind'
    expect(await text(varies, { 'X-Kind': 'a' })).toBe('page 1')
    expect(await text(varies, { 'X-Kind': 'b' })).toBe('page 2')
    expect(await text(varies, { 'X-Kind': 'a' })).toBe('page 1')
  })
})

describe('what views say of their answers', () => {
  test('cacheControl', async () => {
    const { headers } = await new Client(application).get(
      '/control/?header=Cache-Control:private, max-age=90, X="a, b"',
    )
    expect(headers.get('Cache-Control')).toBe('max-age=60, x="a, b", public, s-maxage=30, stale-while-revalidate=5')
  })

  test('neverCache', async () => {
    const { headers } = await new Client(application).get('/never/')
    expect(headers.get('Cache-Control')).toBe('max-age=0, no-cache, no-store, must-revalidate, private')
    expect(Date.parse(headers.get('Expires')!)).toBeLessThanOrEqual(Date.now())
  })

  test('conditionalPage', async () => {
    const client = new Client(application)
    const etag = (await client.get('/conditional/?status=200')).headers.get('ETag')
    expect(etag).toMatch(/^"/)
    expect((await client.post('/conditional/')).headers.has('ETag')).toBe(false)
  })
})
