import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecks } from '@nuages/core'
import { ContentFile, defaultStorage, FileSystemStorage, MemoryStorage, setDefaultStorage } from '@nuages/files'
import { Client } from '@nuages/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { checkMedia } from '../src/index.ts'
import { makeProject, type StaticProject } from './project.ts'

let project: StaticProject
afterEach(() => project.remove())

async function client(...input: Parameters<typeof makeProject>): Promise<Client> {
  project = await makeProject(...input)
  return new Client(project.application)
}

async function stored(name: string, text = 'x'): Promise<string> {
  return defaultStorage().url(await defaultStorage().save(name, new ContentFile(text, name)))
}

describe('an uploaded file', () => {
  it('is served below mediaUrl while debug is on, without a URL pattern', async () => {
    const browser = await client()
    const response = await browser.get(await stored('covers/my é.png', 'picture'))
    expect([response.status, response.text()]).toEqual([200, 'picture'])
    expect(response.headers.get('Content-Type')).toBe('image/png')
    expect(response.headers.get('Content-Disposition')).toMatch(/^inline; filename="my__.png"/)
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; .*; sandbox$/)
    expect(response.headers.get('Cache-Control')).toBe('no-cache')
  })

  it('is served in production where the settings say so, under the same rules', async () => {
    const browser = await client({ debug: false, staticfiles: { serveMedia: true } })
    const response = await browser.get(await stored('a.svg', '<svg/>'))
    expect([response.status, response.text()]).toEqual([200, '<svg/>'])
    expect(response.headers.get('Content-Disposition')).toMatch(/^attachment/)
    expect(response.headers.get('Content-Security-Policy')).toMatch(/sandbox$/)
  })

  it('is sent in parts, to HEAD, and not again to who has it', async () => {
    const browser = await client()
    const url = await stored('film.mp4', 'moving pictures')
    const part = await browser.get(url, { headers: { Range: 'bytes=0-5' } })
    expect([part.status, part.text()]).toEqual([206, 'moving'])
    const etag = part.headers.get('ETag')!
    expect((await browser.get(url, { headers: { 'If-None-Match': etag } })).status).toBe(304)
    expect((await browser.head(url)).headers.get('Content-Length')).toBe('15')
    expect((await browser.post(url)).status).toBe(405)
  })

  it.each(['a.html', 'a.HTM', 'a.svg', 'a.xml', 'a.xhtml', 'a.pdf', 'a.unknown', 'noextension', 'a.png.html'])(
    'that a browser could run is an attachment: %s',
    async (name) => {
      const response = await (await client()).get(await stored(name))
      expect(response.headers.get('Content-Disposition')).toBe(`attachment; filename="${name}"`)
      expect(response.headers.get('Content-Security-Policy')).toContain('sandbox')
    },
  )

  it('keeps the type of an SVG, for <img>, and none that a page could load as code', async () => {
    const browser = await client()
    const type = async (name: string) => (await browser.get(await stored(name))).headers.get('Content-Type')
    expect(await type('logo.svg')).toBe('image/svg+xml')
    expect(await Promise.all(['x.js', 'x.mjs', 'x.css', 'x.wasm', 'x.JS'].map(type))).toEqual(
      new Array(5).fill('application/octet-stream'),
    )
  })

  it('comes from whatever the storage is', async () => {
    const browser = await client()
    setDefaultStorage(new MemoryStorage())
    const response = await browser.get(await stored('covers/a.txt', 'in memory'))
    expect([response.text(), response.headers.get('Content-Type')]).toEqual(['in memory', 'text/plain; charset=utf-8'])
    expect((await browser.get('/media/no.txt')).status).toBe(404)
  })
})

describe('what is not served', () => {
  it.each([
    '/media/',
    '/media/covers',
    '/media/covers/',
    '/media/covers/no.png',
    '/media/../settings.ts',
    '/media/%2e%2e/settings.ts',
    '/media/covers/%2e%2e/%2e%2e/settings.ts',
    '/media/..%2fsettings.ts',
    '/media/..%5csettings.ts',
    '/media//etc/passwd',
    '/media/%00',
    '/media/.draft.part',
    '/media/linked.ts',
    '/media/outside/blog.css',
  ])('%s', async (path) => {
    const browser = await client()
    await stored('covers/a.png')
    await writeFile(join(project.dir, 'media/.draft.part'), 'half')
    await symlink(join(project.dir, 'settings.ts'), join(project.dir, 'media/linked.ts'))
    await symlink(join(project.dir, 'blog/static/blog'), join(project.dir, 'media/outside'))
    expect((await browser.get(path)).status).toBe(404)
  })

  it('is anything where debug is off, where the project says so, and where another server has the files', async () => {
    for (const input of [
      { debug: false },
      { staticfiles: { serveMedia: false } },
      { mediaUrl: 'https://cdn.example.com/media/' },
    ]) {
      const browser = await client(input)
      await stored('a.png')
      expect((await browser.get('/media/a.png')).status).toBe(404)
      await project.remove()
    }
    await client()
  })

  it('is a folder that was linked as a whole: that is the media root', async () => {
    const browser = await client()
    await mkdir(join(project.dir, 'elsewhere'))
    await symlink(join(project.dir, 'elsewhere'), join(project.dir, 'media'))
    expect((await browser.get(await stored('a.txt'))).status).toBe(200)
  })
})

describe('the checks', () => {
  it.each([
    ['.', 'which holds'],
    ['..', 'which holds'],
    ['static', 'which holds'],
    ['static/uploads', 'which is inside'],
    ['blog', 'which holds'],
    ['blog/static/media', 'which is inside'],
    ['templates/uploads', 'which is inside'],
  ])('refuse mediaRoot %j', async (mediaRoot, relation) => {
    await client({ mediaRoot, templates: { dirs: ['templates'] } })
    expect(checkMedia()).toMatchObject([{ id: 'staticfiles.E900', message: expect.stringContaining(relation) }])
    expect((await runChecks({})).some(({ id }) => id === 'staticfiles.E900')).toBe(true)
  })

  it.each([
    ['collected', 'is inside'],
    ['collected/uploads', 'is inside'],
    ['var', 'holds'],
  ])('refuse mediaRoot %j where static files are collected', async (mediaRoot) => {
    const staticRoot = mediaRoot === 'var' ? 'var/collected' : 'collected'
    await client({ mediaRoot, staticRoot })
    expect(checkMedia()).toMatchObject([{ id: 'staticfiles.E900', message: expect.stringContaining('of staticRoot') }])
  })

  it('name a storage whose files are static ones', async () => {
    const at = (root: string) => ({ exports: new FileSystemStorage({ root, baseUrl: '/exports/' }) })
    await client({ staticRoot: '/srv/collected', storages: at('/srv/collected/exports') })
    expect(checkMedia()).toMatchObject([
      {
        id: 'staticfiles.W901',
        object: 'settings.storages.exports',
        message: expect.stringContaining("which is inside '/srv/collected' of staticRoot"),
      },
    ])
    await project.remove()
    await client({ staticRoot: '/srv/collected', storages: { ...at('/srv/exports'), memory: new MemoryStorage() } })
    expect(checkMedia()).toEqual([])
  })

  it('refuse URLs that are one inside the other', async () => {
    await client({ mediaUrl: '/static/media/' })
    expect(checkMedia()).toMatchObject([{ id: 'staticfiles.E901' }])
  })

  it('find nothing in a new project', async () => {
    await client()
    expect(checkMedia()).toEqual([])
  })
})
