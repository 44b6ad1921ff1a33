import { HttpResponse } from '@nuages/http'
import { char, Model } from '@nuages/orm'
import { path } from '@nuages/urls'
import { afterEach, expect, test } from 'vitest'
import { defineApp, resetSetup, runChecks, type SettingsInput, setup } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

afterEach(resetSetup)

async function ids(changes: Partial<SettingsInput>, options?: Parameters<typeof runChecks>[0]): Promise<string[]> {
  await resetSetup()
  await setup(projectSettings(changes))
  return (await runChecks(options)).map(({ id }) => id)
}

test('settings, URLs and apps are looked over', async () => {
  expect(await ids({})).toEqual(['notes.W001'])
  const urlconf = async () => ({ urlpatterns: [path('/x/', () => new HttpResponse())] })
  expect(await ids({ urlconf })).toContain('urls.W002')
  expect(await ids({ templates: { dirs: ['no-such-folder'] } })).toContain('templates.W010')
  expect(await ids({ debug: true, secretKey: '' })).toContain('settings.I001')
  const lost = defineApp({ name: 'lost', dir: '/no/such/folder' })
  expect(await ids({ installedApps: [lost] } as object)).toEqual(['apps.E001'])
})

test('models are looked over', async () => {
  class Note extends Model({ title: char({ maxLength: 10 }) }, { ordering: ['nonsense' as never] }) {}
  const app = defineApp({ name: 'checked', dir: import.meta.dirname, models: async () => ({ Note }) })
  expect(await ids({ installedApps: [app] } as object, { tags: ['models'] })).toEqual(['models.E015'])
})

test('tags choose', async () => {
  expect(await ids({ templates: { dirs: ['no-such-folder'] } }, { tags: ['notes'] })).toEqual(['notes.W001'])
})

test('--deploy looks at what matters in production', async () => {
  const logging = { level: 'error' as const }
  const findings = await ids({ logging }, { deploy: true, tags: ['security'] })
  expect(findings).toEqual(['security.W008', 'security.W004'])
  const careless = { debug: true, allowedHosts: [], middleware: [], xFrameOptions: 'SAMEORIGIN' as const }
  expect(await ids(careless, { deploy: true, tags: ['security'] })).toEqual(
    expect.arrayContaining(['security.W018', 'security.W020', 'security.W001', 'security.W002', 'security.W019']),
  )
  const hsts = { secureHstsSeconds: 31_536_000, secureHstsIncludeSubdomains: true }
  const careful = { logging, secureSslRedirect: true, trustedProxies: ['unix'], ...hsts }
  expect(await ids(careful, { deploy: true, tags: ['security'] })).toEqual([])
})
