import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApplication, defineApp, defineSettings, resetSetup } from '@nuages/core'
import { expect, test } from 'vitest'
import { collectStatic, staticfiles } from '../../src/index.ts'

const packages = join(import.meta.dirname, '../../..')

test('what the apps of the framework bring along refers to what is there, and can be collected', async () => {
  const baseDir = mkdtempSync(join(tmpdir(), 'nuages-own-'))
  const apps = readdirSync(packages)
    .filter((name) => existsSync(join(packages, name, 'src/static')))
    .map((name) => defineApp({ name, dir: join(packages, name, 'src') }))
  expect(apps.map(({ name }) => name)).toContain('admin')
  await createApplication(defineSettings({ baseDir, debug: true, installedApps: [staticfiles, ...apps] }))
  const { hashed, warnings } = await collectStatic(join(baseDir, 'out'), { precompress: [] })
  expect([hashed.length > 20, warnings]).toEqual([true, []])
  await resetSetup()
  rmSync(baseDir, { recursive: true })
})
