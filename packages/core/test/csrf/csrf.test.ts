import { afterAll, describe, expect, test } from 'vitest'
import { malformation, maskSecret, newSecret, secretOf } from '../../src/csrf/csrf-token.ts'
import { resetSetup } from '../../src/index.ts'
import { calls, visitor, visitorWithToken } from './project.ts'

afterAll(resetSetup)

describe('a token', () => {
  test('is another each time, and of the same secret', () => {
    const secret = newSecret()
    const tokens = [maskSecret(secret), maskSecret(secret)]
    expect(tokens[0]).not.toBe(tokens[1])
    expect(tokens.map(secretOf)).toEqual([secret, secret])
    expect(tokens[0]).toMatch(/^[A-Za-z0-9]{64}$/)
    expect(malformation(tokens[0]!)).toBeUndefined()
  })

  test("is read as Django's is", () => {
    // Made by Django's _mask_cipher_secret.
    const token = 'F90AudoZ8iAnGvrSpFe7eHhB3yEAMMnpFa2Dyiu6grKySIF7FWwqy2DYrX41efRU'
    expect(secretOf(token)).toBe('abcdefghijklmnopqrstuvwxyzABCDEF')
  })
})

describe('a request that reads', () => {
  test.for(['GET', 'HEAD', 'OPTIONS', 'TRACE'])('%s is let through', async (method) => {
    const client = await visitor()
    expect((await client.request(method, '/')).status).toBe(200)
  })

  test('gets the cookie only where its page uses the token', async () => {
    const client = await visitor()
    for (const path of ['/', '/asks/']) {
      const response = await client.get(path)
      expect(response.cookies.size).toBe(0)
      expect(response.headers.has('Vary')).toBe(false)
    }
    for (const path of ['/form/', '/printed/', '/token/']) {
      client.cookies.clear()
      const response = await client.get(path)
      expect(response.headers.get('Vary')).toBe('Cookie')
      const cookie = response.cookies.get('csrftoken')!
      expect(cookie).toMatchObject({ path: '/', sameSite: 'lax', maxAge: 31_449_600 })
      expect(cookie).not.toHaveProperty('secure')
      expect(cookie.value).toMatch(/^[A-Za-z0-9]{32}$/)
    }
  })

  test('keeps the secret of the cookie it brings, and replaces one that is none', async () => {
    const { client } = await visitorWithToken()
    const secret = client.cookies.get('csrftoken')!
    await client.get('/form/')
    expect(client.cookies.get('csrftoken')).toBe(secret)
    client.cookies.clear()
    for (const garbage of ['short', '<script>alert(1)</script>'.repeat(2), '', `${'a'.repeat(31)}!`]) {
      client.cookies.set('csrftoken', garbage)
      const { value } = (await client.get('/form/')).cookies.get('csrftoken')!
      expect(value).toMatch(/^[A-Za-z0-9]{32}$/)
    }
  })

  test('prints the field of a form, and the token by itself', async () => {
    const client = await visitor()
    expect((await client.get('/form/')).text()).toMatch(
      /^<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="[A-Za-z0-9]{64}"><\/form>$/,
    )
    expect((await client.get('/printed/')).text()).toMatch(/^[A-Za-z0-9]{64}$/)
    expect((await client.get('/asks/')).text()).toBe('yes')
  })
})

describe('a right token', () => {
  test('in a form, urlencoded or multipart', async () => {
    const { client, token } = await visitorWithToken()
    const form = { csrfmiddlewaretoken: token, title: 'Cloud' }
    const sent = await client.post('/take/', { form })
    expect([sent.status, sent.json()]).toEqual([200, { title: 'Cloud', files: [] }])
    const photo = new File(['…'], 'cloud.txt')
    const upload = await client.post('/take/', { form: { ...form, photo } })
    expect(upload.json()).toEqual({ title: 'Cloud', files: ['photo'] })
  })

  test.for(['POST', 'PUT', 'PATCH', 'DELETE'])('in a header, with %s and JSON', async (method) => {
    const { client, token } = await visitorWithToken()
    const headers = { 'X-CSRFToken': token }
    expect((await client.request(method, '/json/', { json: { a: 1 }, headers })).json()).toEqual({ a: 1 })
    // What a script reads from the cookie does as well.
    const secret = { 'X-CSRFToken': client.cookies.get('csrftoken')! }
    expect((await client.request(method, '/json/', { json: [], headers: secret })).status).toBe(200)
  })

  test('in a header leaves the body to the view', async () => {
    const { client, token } = await visitorWithToken()
    const headers = { 'X-CSRFToken': token, 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await client.post('/stream/', { body: 'a=1', headers })).text()).toBe('3')
  })

  test('in a form counts where the header has another', async () => {
    const { client, token } = await visitorWithToken()
    const headers = { 'X-CSRFToken': 'old' }
    expect((await client.post('/take/', { form: { csrfmiddlewaretoken: token }, headers })).status).toBe(200)
  })

  test('is one from before a login no more', async () => {
    const { client, token } = await visitorWithToken()
    const fresh = (await client.get('/login/')).text()
    expect((await client.post('/take/', { form: { csrfmiddlewaretoken: token } })).status).toBe(403)
    expect((await client.post('/take/', { form: { csrfmiddlewaretoken: fresh } })).status).toBe(200)
  })

  test('with the names and cookie of the settings', async () => {
    const { client, token } = await visitorWithToken({
      csrfCookieName: 'xsrf',
      csrfHeaderName: 'X-XSRF-TOKEN',
      csrfCookieAge: null,
      csrfCookieHttpOnly: true,
      csrfCookieSameSite: 'strict',
      csrfCookiePath: '/',
    })
    const cookie = (await client.get('/form/')).cookies.get('xsrf')!
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'strict' })
    expect(cookie).not.toHaveProperty('maxAge')
    expect((await client.put('/json/', { json: 1, headers: { 'X-XSRF-TOKEN': token } })).status).toBe(200)
    expect((await client.put('/json/', { json: 1, headers: { 'X-CSRFToken': token } })).status).toBe(403)
  })

  test('over HTTPS makes a Secure cookie', async () => {
    const { client } = await visitorWithToken({}, { secure: true })
    expect((await client.get('/form/')).cookies.get('csrftoken')).toMatchObject({ secure: true })
  })
})

describe('what is turned away', () => {
  const kinds = {
    nothing: {},
    empty: { csrfmiddlewaretoken: '' },
    short: { csrfmiddlewaretoken: 'abc' },
    characters: { csrfmiddlewaretoken: `${'a'.repeat(63)}'` },
    made: { csrfmiddlewaretoken: 'a'.repeat(64) },
    unicode: { csrfmiddlewaretoken: 'é'.repeat(64) },
    huge: { csrfmiddlewaretoken: 'a'.repeat(100_000) },
  }

  test.for(Object.entries(kinds))('a form with a token that is wrong: %s', async ([, fields]) => {
    const { client } = await visitorWithToken()
    const response = await client.post('/take/', { form: { title: 'x', ...fields } })
    expect(response.status).toBe(403)
    expect(response.text()).toContain('Go back, reload the page, and send it again')
    expect(calls).toEqual([])
  })

  test('the token of another visitor', async () => {
    const { client, token } = await visitorWithToken()
    client.cookies.clear()
    await client.get('/token/')
    expect((await client.post('/take/', { form: { csrfmiddlewaretoken: token } })).status).toBe(403)
    expect((await client.put('/json/', { json: 1, headers: { 'X-CSRFToken': token } })).status).toBe(403)
  })

  test.for(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])('%s without a token', async (method) => {
    const { client } = await visitorWithToken()
    expect((await client.request(method, '/take/')).status).toBe(403)
    expect((await client.request(method, '/json/', { json: {} })).status).toBe(403)
    expect(calls).toEqual([])
  })

  test('a token in the form of a PUT, as with Django', async () => {
    const { client, token } = await visitorWithToken()
    expect((await client.put('/take/', { form: { csrfmiddlewaretoken: token } })).status).toBe(403)
  })

  test('a token in the query', async () => {
    const { client, token } = await visitorWithToken()
    expect((await client.post(`/take/?csrfmiddlewaretoken=${token}`)).status).toBe(403)
  })

  test.for([
    ['no cookie', undefined],
    ['an empty cookie', ''],
    ['a short cookie', 'abc'],
    ['a cookie with other characters', `${'a'.repeat(30)}<>`],
  ])('%s', async ([, cookie]) => {
    const { client, token } = await visitorWithToken()
    client.cookies.clear()
    if (cookie !== undefined) client.cookies.set('csrftoken', cookie)
    const response = await client.post('/take/', { form: { csrfmiddlewaretoken: token } })
    expect(response.status).toBe(403)
    expect(response.text()).toContain('Allow cookies for this site')
  })

  test('a body that cannot be read, or is too large, is told as such', async () => {
    const { client, token } = await visitorWithToken({ maxBodySize: 200 })
    const form = { csrfmiddlewaretoken: token, title: 'x'.repeat(500) }
    expect((await client.post('/take/', { form })).status).toBe(413)
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
    expect((await client.post('/take/', { body: '--x\r\nhalf', headers })).status).toBe(400)
    expect(calls).toEqual([])
  })
})

describe('views', () => {
  test('that are exempt take anything, also behind a wrapper', async () => {
    const client = await visitor()
    for (const path of ['/hook/', '/wrapped-hook/', '/exempt-outside/']) {
      expect((await client.post(path, { form: { title: 'x' } })).status).toBe(200)
    }
    // The same function elsewhere is not.
    expect((await client.post('/take/', { form: { title: 'x' } })).status).toBe(403)
  })

  test('that do not exist are 404', async () => {
    expect((await (await visitor()).post('/nowhere/')).status).toBe(404)
  })
})
