import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApplication, resetSetup, type Settings } from '@nuages/core'
import { Client } from '@nuages/testing'
import type { Application } from 'nuages/gateway'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { caches, openCache } from '../src/index.ts'
import { projectSettings } from './project/settings.ts'
import { asked } from './project/urls.ts'

let application: Application
beforeAll(async () => {
  application = await createApplication(projectSettings({ databases: {} }) as unknown as Settings)
})
afterAll(resetSetup)
beforeEach(async () => {
  asked.times = 0
  await caches.get().clear()
})

async function text(path: string, headers: Record<string, string> = {}): Promise<string> {
  return (await new Client(application).get(path, { headers })).text().trim()
}

describe("Django's advisories", () => {
  test('CVE-2026-6907: an answer with Vary: * is never kept', async () => {
    for (const vary of ['*', 'Accept, *', ' * ']) {
      const path = `/page/?header=Vary:${encodeURIComponent(vary)}`
      const before = asked.times
      await text(path)
      await text(path)
      expect(asked.times).toBe(before + 2)
    }
  })

  test('CVE-2026-48587: blanks around the names in Vary hide none of them', async () => {
    const path = `/page/?header=${encodeURIComponent('Vary:\t X-Kind ,\t X-Other\t')}`
    expect(await text(path, { 'X-Kind': 'a' })).toBe('page 1')
    expect(await text(path, { 'X-Kind': 'b' })).toBe('page 2')
    expect(await text(path, { 'X-Kind': 'b', 'X-Other': 'c' })).toBe('page 3')
    expect(await text(path, { 'X-Kind': 'a' })).toBe('page 1')
  })

  test.for([
    'Private',
    'PRIVATE, max-age=60',
    'No-Store',
    'NO-CACHE',
    'Max-Age=0',
    'max-age = 0',
    'public, S-MaxAge=0',
  ])('CVE-2026-8404: the directives of Cache-Control hold in any case: %s', async (directives) => {
    const path = `/page/?header=${encodeURIComponent(`Cache-Control:${directives}`)}`
    expect([await text(path), await text(path)]).toEqual(['page 1', 'page 2'])
  })

  test('CVE-2026-35193: who sends credentials is not answered from the cache, and what they see is not kept', async () => {
    expect(await text('/page/', { Authorization: 'Bearer ann' })).toBe('page 1')
    expect(await text('/page/')).toBe('page 2')
    expect(await text('/page/', { Authorization: 'Bearer ann' })).toBe('page 3')
    expect(await text('/page/', { Authorization: '' })).toBe('page 4')
    expect(await text('/page/')).toBe('page 2')
  })

  test('CVE-2026-48588: an answer that sets a cookie is not kept, whatever cookies the request has', async () => {
    for (const headers of [{}, { Cookie: 'analytics=1' }, { Cookie: 'sessionid=x; theme=light' }]) {
      const before = asked.times
      await text('/page/?cookie&header=Vary:Cookie', headers as Record<string, string>)
      await text('/page/?cookie&header=Vary:Cookie', headers as Record<string, string>)
      expect(asked.times).toBe(before + 2)
    }
  })

  test('CVE-2026-113593: a header that is missing is not one that is empty', async () => {
    expect(await text('/varies/')).toBe('undefined 1')
    expect(await text('/varies/', { 'X-Kind': '' })).toBe(' 2'.trim())
    expect(await text('/varies/')).toBe('undefined 1')
    expect(await text('/varies/', { 'X-Kind': '' })).toBe('2')
  })

  test('CVE-2026-25674: what a file cache writes is never open to others, not for a moment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nuages-cache-'))
    const mask = process.umask(0o000)
    try {
      const cache = openCache('file:deep/cache', { baseDir: folder })
      // The mask of the process is as it was while files are made: another request may make some meanwhile.
      const making = cache.setMany(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`key ${index}`, 'x'])))
      expect(process.umask()).toBe(0o000)
      await making
      const inside = join(folder, 'deep/cache')
      expect(statSync(inside).mode & 0o777).toBe(0o700)
      expect(statSync(join(folder, 'deep')).mode & 0o777).toBe(0o700)
      const modes = readdirSync(inside).map((name) => statSync(join(inside, name)).mode & 0o777)
      expect(modes).toEqual(Array(20).fill(0o600))
    } finally {
      process.umask(mask)
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
