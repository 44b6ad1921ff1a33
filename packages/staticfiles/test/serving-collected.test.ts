import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { createApplication, resetSetup, settings } from '@nuages/core'
import { Client } from '@nuages/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectStatic, staticUrl } from '../src/index.ts'
import { makeProject, type StaticProject } from './project.ts'

const large = 'a { color: red }\n'.repeat(500)
let project: StaticProject
let browser: Client
beforeAll(async () => {
  project = await makeProject(
    { debug: false, staticRoot: 'out', compression: false },
    { 'static/large.css': large, 'static/dated.202611260000.css': 'dated' },
  )
  await collectStatic(join(project.dir, 'out'))
  // The next process: the manifest is read when it starts.
  const active = { ...settings } as Parameters<typeof createApplication>[0]
  await resetSetup()
  browser = new Client(await createApplication(active))
})
afterAll(() => project.remove())

const encoded = (path: string, encoding: string, headers = {}): ReturnType<Client['get']> =>
  browser.get(path, { headers: { 'Accept-Encoding': encoding, ...headers } })

describe('what was collected is served', () => {
  it('under hashed names for ever, under others for a while', async () => {
    const url = staticUrl('large.css')
    expect(url).toMatch(/^\/static\/large\.[0-9a-f]{12}\.css$/)
    const response = await browser.get(url)
    expect(response.text()).toBe(large)
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect((await browser.get('/static/large.css')).headers.get('Cache-Control')).toBe('public, max-age=3600')
    const dated = await browser.get('/static/dated.202611260000.css')
    expect(dated.headers.get('Cache-Control')).toBe('public, max-age=3600')
  })

  it('also under names of former versions, which pages somewhere still have', async () => {
    writeFileSync(join(project.dir, 'out/site.00112233aabb.css'), 'former')
    const response = await browser.get('/static/site.00112233aabb.css')
    expect([response.text(), response.headers.get('Cache-Control')]).toEqual([
      'former',
      'public, max-age=31536000, immutable',
    ])
  })

  it('compressed to who takes it', async () => {
    const unpack = { br: brotliDecompressSync, zstd: zstdDecompressSync, gzip: gunzipSync }
    const tags = new Set<string | undefined>()
    for (const [encoding, decompress] of Object.entries(unpack)) {
      const response = await encoded('/static/large.css', encoding)
      expect(response.headers.get('Content-Encoding')).toBe(encoding)
      expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8')
      expect(response.headers.get('Vary')).toContain('Accept-Encoding')
      expect(Number(response.headers.get('Content-Length'))).toBe(response.bytes().byteLength)
      expect(decompress(response.bytes()).toString()).toBe(large)
      tags.add(response.headers.get('ETag') ?? undefined)
    }
    expect(tags.size).toBe(3)
    expect((await encoded('/static/large.css', 'gzip, deflate, br, zstd')).headers.get('Content-Encoding')).toBe('br')
    expect((await encoded('/static/large.css', 'gzip;q=1, br;q=0.5')).headers.get('Content-Encoding')).toBe('gzip')
  })

  it('as it is to others', async () => {
    for (const encoding of ['identity', '', 'deflate', 'br;q=0, gzip;q=0', '*;q=0']) {
      const response = await encoded('/static/large.css', encoding)
      expect([response.headers.get('Content-Encoding') ?? null, response.text()]).toEqual([null, large])
      expect(response.headers.get('Vary')).toContain('Accept-Encoding')
    }
    expect((await encoded('/static/site.css', 'br')).headers.get('Content-Encoding') ?? null).toBe(null)
  })

  it('in parts of the plain file, and not again to who has it', async () => {
    const part = await encoded('/static/large.css', 'br', { Range: 'bytes=0-0' })
    expect([part.status, part.text(), part.headers.get('Content-Encoding') ?? null]).toEqual([206, 'a', null])
    const etag = (await encoded('/static/large.css', 'br')).headers.get('ETag')!
    const again = await encoded('/static/large.css', 'br', { 'If-None-Match': etag })
    expect([again.status, again.headers.get('ETag'), again.headers.get('Vary')]).toEqual([
      304,
      etag,
      expect.stringContaining('Accept-Encoding'),
    ])
    expect((await encoded('/static/large.css', 'gzip', { 'If-None-Match': etag })).status).toBe(200)
  })

  it('as it is where the compressed file has gone', async () => {
    expect((await encoded('/static/large.css', 'zstd')).headers.get('Content-Encoding')).toBe('zstd')
    rmSync(join(project.dir, 'out/large.css.zst'))
    const response = await encoded('/static/large.css', 'zstd')
    expect([response.status, response.text()]).toEqual([200, large])
  })

  it('from staticRoot alone: what was not collected is not there', async () => {
    writeFileSync(join(project.dir, 'static/new.css'), 'new')
    expect((await browser.get('/static/new.css')).status).toBe(404)
    expect((await browser.get('/static/blog/blog.css')).status).toBe(200)
    rmSync(join(project.dir, 'static/new.css'))
  })

  it.each([
    '/static/../staticfiles.json/x',
    '/static/.hidden',
    '/static/con',
    '/static/blog/NUL.txt',
    '/static/blog',
    '/static/',
  ])('but not %s', async (path) => {
    expect((await browser.get(path)).status).toBe(404)
  })
})
