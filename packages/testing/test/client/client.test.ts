import { createApplication, resetSetup } from '@nuages/core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Client, type ClientOptions, RedirectCycleError, TestClientError } from '../../src/index.ts'
import settings from '../project/settings.ts'

let application: Awaited<ReturnType<typeof createApplication>>
let client: Client

beforeAll(async () => {
  application = await createApplication(settings)
})
afterAll(resetSetup)
beforeEach(() => {
  client = new Client(application)
})

function with_(options: ClientOptions): Client {
  return new Client(application, options)
}

describe('a request', () => {
  test('reaches the application and is answered', async () => {
    const response = await client.get('/')
    expect(response).toMatchObject({ status: 200, reason: 'OK', method: 'GET' })
    expect(response.text()).toBe('home')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('X-Frame-Options')).toBe('DENY')
  })

  test('every method goes through; HEAD has no body', async () => {
    for (const method of ['get', 'post', 'put', 'patch', 'delete', 'options'] as const) {
      expect((await client[method]('/echo/')).json()).toMatchObject({ method: method.toUpperCase() })
    }
    const head = await client.head('/')
    expect(head.headers.get('Content-Length')).toBe('4')
    expect(head.text()).toBe('')
  })

  test('query, headers and host', async () => {
    const response = await client.get('/echo/?a=1', { query: { b: [2, 3], c: null }, headers: { 'User-Agent': 'x' } })
    expect(response.json()).toMatchObject({ url: 'http://example.com/echo/?a=1&b=2&b=3', agent: 'x' })
    const other = with_({ host: 'shop.example.com', secure: true, headers: { 'User-Agent': 'default' } })
    expect((await other.get('/echo/')).json()).toMatchObject({
      url: 'https://shop.example.com/echo/',
      agent: 'default',
    })
    expect((await client.get('http://localhost:8000/echo/')).json()).toMatchObject({
      url: 'http://localhost:8000/echo/',
    })
    expect((await client.get('http://evil.com/')).status).toBe(400)
  })

  test('a stream is read to its end', async () => {
    expect((await client.get('/stream/')).text()).toBe('one two')
  })

  test('what cannot be sent is said', async () => {
    await expect(client.get('echo/')).rejects.toThrow("'echo/' is neither a path that starts with '/' nor a URL.")
    await expect(client.get('/%ff/')).rejects.toThrow(TestClientError)
    await expect(client.post('/', { json: 1, form: {} })).rejects.toThrow(
      'A request has one body, but form and json were given.',
    )
  })
})

describe('bodies', () => {
  test('a form is urlencoded', async () => {
    const response = await client.post('/echo/', { form: { name: 'Zoë & co', n: 5, tag: ['a', 'b'], none: null } })
    expect(response.json()).toMatchObject({
      type: 'application/x-www-form-urlencoded',
      fields: [
        ['name', 'Zoë & co'],
        ['n', '5'],
        ['tag', 'a'],
        ['tag', 'b'],
      ],
    })
  })

  test('a form with a file is multipart', async () => {
    const file = new File(['contents'], 'notes.txt', { type: 'text/plain' })
    const response = await client.post('/echo/', { form: { title: 'x', file } })
    expect(response.json()).toMatchObject({
      type: 'multipart/form-data',
      fields: [['title', 'x']],
      files: [['file', 'notes.txt', 'contents']],
    })
  })

  test('JSON', async () => {
    expect((await client.post('/json/', { json: { a: [1, null] } })).json()).toEqual({ got: { a: [1, null] } })
    const page = await client.get('/')
    expect(() => page.json()).toThrow('GET / answered 200 with text/html; charset=utf-8, which is not JSON: home')
  })
})

describe('cookies', () => {
  test('are kept, sent where they belong, and forgotten when the server says so', async () => {
    const response = await client.get('/cookies/')
    expect(response.cookies.get('everywhere')).toMatchObject({ value: '1', path: '/' })
    expect(client.cookies.get('everywhere')).toBe('1')
    expect(client.cookies.has('short')).toBe(false)
    expect((await client.get('/echo/')).json()).toMatchObject({ cookies: { everywhere: '1', below: '2' } })
    await client.get('/forget/')
    expect((await client.get('/echo/')).json()).toMatchObject({ cookies: { below: '2' } })
  })

  test('secure ones travel over HTTPS only, those of a domain to its hosts', async () => {
    const secure = with_({ secure: true })
    await secure.get('/cookies/')
    const cookiesAt = async (url: string) => ((await secure.get(url)).json() as { cookies: object }).cookies
    expect(await cookiesAt('https://example.com/echo/')).toEqual({ everywhere: '1', below: '2', secure: '3' })
    expect(await cookiesAt('https://www.example.com/echo/')).toEqual({ secure: '3' })
    expect(await cookiesAt('http://www.example.com/echo/')).toEqual({})
    expect(await cookiesAt('https://localhost/echo/')).toEqual({})
  })

  test('may be set by hand', async () => {
    client.cookies.set('theme', 'dark blue')
    expect((await client.get('/echo/')).json()).toMatchObject({ cookies: { theme: 'dark blue' } })
    client.cookies.delete('theme')
    expect((await client.get('/echo/')).json()).toMatchObject({ cookies: {} })
  })
})

describe('redirects', () => {
  test('are given back unless they are to be followed', async () => {
    const response = await client.get('/away/')
    expect(response.status).toBe(302)
    expect(response.headers.get('Location')).toBe('/then/?a=1')
    expect(response.redirectChain).toEqual([])
  })

  test('are followed across hosts and schemes', async () => {
    const response = await client.get('/away/', { follow: true })
    expect(response.status).toBe(200)
    expect(response.url.href).toBe('https://www.example.com/echo/')
    expect(response.redirectChain).toEqual([
      { url: 'http://example.com/then/?a=1', status: 302 },
      { url: 'https://www.example.com/echo/', status: 301 },
    ])
  })

  test('303 turns into GET, 307 keeps method and body', async () => {
    const form = { a: '1' }
    expect((await client.post('/posted/', { form, follow: true })).json()).toMatchObject({ method: 'GET', fields: [] })
    expect((await client.post('/kept/', { form, follow: true })).json()).toMatchObject({
      method: 'POST',
      fields: [['a', '1']],
    })
  })

  test('circles are errors', async () => {
    await expect(client.get('/circle/', { follow: true })).rejects.toThrow(RedirectCycleError)
  })
})

describe('what went on inside', () => {
  test('an error of a view is thrown again, or given with its 500', async () => {
    await expect(client.get('/boom/')).rejects.toThrow(RangeError)
    const response = await client.get('/boom/', { raiseRequestException: false })
    expect(response.status).toBe(500)
    expect(response.error).toBeInstanceOf(RangeError)
    expect((await with_({ raiseRequestException: false }).get('/boom/')).status).toBe(500)
  })

  test('the templates and their contexts are told', async () => {
    const [page, home] = await Promise.all([client.get('/page/'), client.get('/')])
    expect(page.text()).toBe('<h1>Hello</h1>\n')
    expect(page.templates.map(({ names }) => names)).toEqual([['page.html']])
    expect(page.context).toMatchObject({ title: 'Hello', debug: false })
    expect(home.templates).toEqual([])
  })
})

test('any gateway application will do', async () => {
  const bare = new Client((_environ, startResponse) => {
    startResponse('200 OK', [['Content-Type', 'text/plain']])
    return ['bare']
  })
  expect((await bare.get('/')).text()).toBe('bare')
})

test('the contract is checked on the way', async () => {
  const broken = new Client((_environ, startResponse) => {
    startResponse('OK', [])
    return ''
  })
  await expect(broken.get('/')).rejects.toThrow('The application broke the gateway contract')
})
