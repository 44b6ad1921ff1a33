import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { withoutDjango } from './real-django.ts'
import { djangoSiteOn } from './site-behaviour.ts'

describe.skipIf(withoutDjango)('real Django on SQLite', { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-django-site-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  djangoSiteOn(() => `sqlite:${join(folder, 'site.sqlite3')}`)
})
