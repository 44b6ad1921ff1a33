import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { openCache } from '../src/index.ts'
import { runCacheCases } from './cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'nuages-cache-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (query = '') => openCache(`file:cache${query}`, { baseDir: folder })

describe('files', () => {
  runCacheCases({ open, ownClock: true, isShared: true })
})
