import { ImproperlyConfigured } from '@nuages/foundation'
import { currentTimeZone } from '@nuages/i18n'
import { reverseName } from '@nuages/urls'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  apps,
  defineApp,
  NotSetUp,
  renderTemplate,
  resetSetup,
  settings,
  setup,
  templateEngine,
} from '../../src/index.ts'
import { notes, readyCalls } from '../project/notes/app.ts'
import { projectSettings } from '../project/settings.ts'

beforeEach(resetSetup)

describe('before setup', () => {
  test('settings and templates say what is missing', () => {
    expect(() => settings.debug).toThrow(NotSetUp)
    expect(() => settings.debug).toThrow('The settings were read before the project was set up.')
    expect(() => templateEngine()).toThrow(NotSetUp)
    expect(apps.ready).toBe(false)
  })
})

describe('setup', () => {
  test('makes everything ready, once', async () => {
    readyCalls.length = 0
    const defined = projectSettings({ timeZone: 'Europe/Zurich' })
    const [first, second] = await Promise.all([setup(defined), setup(defined)])
    expect(first).toBe(second)
    expect(readyCalls).toEqual(['notes'])
    expect(apps.ready).toBe(true)
    expect(apps.get('notes')).toBe(notes)
    expect(settings.timeZone).toBe('Europe/Zurich')
    expect(Object.keys(settings)).toContain('debug')
    expect('debug' in settings).toBe(true)
    expect(currentTimeZone()).toBe('Europe/Zurich')
    expect(reverseName('note', { id: 3 })).toBe('/notes/3/')
    expect(await renderTemplate('404.html', { visitor: 'Ann', request: { path: '/x' } })).toContain('Ann is lost at /x')
  })

  test('settings cannot be assigned', async () => {
    await setup(projectSettings())
    expect(() => Object.assign(settings, { debug: true })).toThrow("The settings are frozen: 'debug'")
  })

  test('another project in the same process is an error', async () => {
    await setup(projectSettings())
    await expect(setup(projectSettings())).rejects.toThrow(ImproperlyConfigured)
    await resetSetup()
    await setup(projectSettings())
  })

  test('a failure leaves nothing behind', async () => {
    const broken = defineApp({ name: 'broken', dir: '/', models: () => Promise.reject(new Error('no such module')) })
    await expect(setup(projectSettings({ installedApps: [broken] } as object))).rejects.toThrow('no such module')
    expect(apps.all()).toEqual([])
    await setup(projectSettings())
  })

  test('a URLconf without urlpatterns, or with a handler that is none, is an error', async () => {
    await expect(setup(projectSettings({ urlconf: async () => ({ patterns: [] }) }))).rejects.toThrow(
      "The urlconf exports no array named 'urlpatterns'. It exports: patterns.",
    )
    const urlconf = async () => ({ urlpatterns: [], handler404: 'page' })
    await expect(setup(projectSettings({ urlconf }))).rejects.toThrow(
      'handler404 is a string; it takes a view function.',
    )
  })
})
