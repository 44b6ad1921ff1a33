import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { collectStatic } from 'nuages/staticfiles'
import { afterEach, expect, test, vi } from 'vitest'
import { resetSetup, runChecks, type Settings, setup } from '../../src/index.ts'

const root = resolve(import.meta.dirname, '../../../..')

afterEach(async () => {
  vi.unstubAllEnvs()
  await resetSetup()
})

test('manage check --deploy has nothing to say about the settings that the security guide shows', async () => {
  const guide = readFileSync(join(root, 'docs/security/README.md'), 'utf8')
  const block = /```ts title="settings\.ts"\n(.*?)```/s.exec(guide)![1]!
  const folder = mkdtempSync(join(tmpdir(), 'nuages-production-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(join(root, 'packages/nuages'), join(folder, 'node_modules/nuages'))
  writeFileSync(join(folder, 'settings.ts'), block)
  vi.stubEnv('SECRET_KEY', 'only-for-tests-0123456789-abcdefgh-ABCDEF')
  vi.stubEnv('NODE_ENV', 'production')
  const { default: settings } = (await import(pathToFileURL(join(folder, 'settings.ts')).href)) as { default: Settings }
  await setup(settings)
  // The guide's manage collectstatic.
  await collectStatic(settings.staticRoot!)
  expect(await runChecks({ deploy: true })).toEqual([])
  rmSync(folder, { recursive: true })
})
