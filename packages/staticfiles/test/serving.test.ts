import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from '@nuages/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { makeProject, type StaticProject } from './project.ts'

let project: StaticProject
afterEach(() => project.remove())

async function client(...input: Parameters<typeof makeProject>): Promise<Client> {
  project = await makeProject(...input)
  return new Client(project.application)
}

const production = { debug: false }

describe('a static file', () => {
  it('is served below staticUrl, without a URL pattern', async () => {
    const response = await (await client()).get('/static/blog/blog.css')
    expect(response.status).toBe(200)
    expect(response.text()).toBe('body { color: blog }')
    expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  it('of the project hides one of an app', async () => {
    expect((await (await client()).get('/static/site.css')).text()).toBe('body { color: project }')
  })

  it('may have a name that URLs escape', async () => {
    expect((await (await client()).get('/static/a%20b/%C3%A9.txt')).text()).toBe('named')
  })

  it('is not sent again to who has it', async () => {
    const browser = await client()
    const etag = (await browser.get('/static/site.css')).headers.get('ETag')!
    const again = await browser.get('/static/site.css', { headers: { 'If-None-Match': etag } })
    expect([again.status, again.text()]).toEqual([304, ''])
  })

  it('is sent in parts and without content to HEAD', async () => {
    const browser = await client()
    const part = await browser.get('/static/site.css', { headers: { Range: 'bytes=0-3' } })
    expect([part.status, part.text()]).toEqual([206, 'body'])
    const head = await browser.head('/static/site.css')
    expect([head.text(), head.headers.get('Content-Length')]).toEqual(['', '23'])
  })

  it('is asked for anew in development and kept in production', async () => {
    const header = async (...input: Parameters<typeof makeProject>): Promise<string | undefined> => {
      const response = await (await client(...input)).get('/static/site.css')
      await project.remove()
      return response.headers.get('Cache-Control') ?? undefined
    }
    expect(await header()).toBe('no-cache')
    expect(await header(production)).toBe('public, max-age=3600')
    expect(await header({ ...production, staticfiles: { maxAge: 60 } })).toBe('public, max-age=60')
    expect(await header({ ...production, staticfiles: { maxAge: 0 } })).toBe('no-cache')
    await client()
  })

  it('that is changed or new is seen at once in development', async () => {
    const browser = await client()
    await writeFile(join(project.dir, 'static/site.css'), 'new')
    expect((await browser.get('/static/site.css')).text()).toBe('new')
    await rm(join(project.dir, 'static/site.css'))
    expect((await browser.get('/static/site.css')).text()).toBe('body { color: app }')
  })

  it('that went away in production is a 404', async () => {
    const browser = await client(production)
    expect((await browser.get('/static/site.css')).status).toBe(200)
    await rm(join(project.dir, 'static/site.css'))
    expect((await browser.get('/static/site.css')).status).toBe(404)
  })
})

describe('what is not served', () => {
  it.each([
    '/static/',
    '/static/blog',
    '/static/blog/',
    '/static/missing.css',
    '/static/.env',
    '/static/hidden/.secret',
    '/static/../settings.ts',
    '/static/%2e%2e/settings.ts',
    '/static/blog/..%2f..%2f..%2fsettings.ts',
    '/static//etc/passwd',
    '/static/%2Fetc/passwd',
    '/static/..%5Csettings.ts',
    '/static/site.css/',
    '/staticsite.css',
  ])('%s', async (path) => {
    for (const input of [{}, production]) {
      expect((await (await client(input)).get(path)).status).toBe(404)
      if (input === production) break
      await project.remove()
    }
  })

  it('NUL in a path', async () => {
    expect((await (await client()).get('/static/site.css%00.txt')).status).toBeGreaterThanOrEqual(400)
  })

  it('other methods', async () => {
    const response = await (await client()).post('/static/site.css')
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'GET, HEAD'])
  })

  it('anything, where the settings say so', async () => {
    expect((await (await client({ staticfiles: { serve: false } })).get('/static/site.css')).status).toBe(404)
  })

  it('anything, where another server has the files', async () => {
    expect((await (await client({ staticUrl: 'https://cdn.example.com/' })).get('/static/site.css')).status).toBe(404)
  })

  it('what is private but for .well-known', async () => {
    expect((await (await client()).get('/static/.well-known/security.txt')).status).toBe(200)
  })
})
