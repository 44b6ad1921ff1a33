import { setStorages } from '@nuages/files'
import { ImproperlyConfigured } from '@nuages/foundation'
import { configureTranslations, setDefaultTimeZone } from '@nuages/i18n'
import { configureDatabases, readSwapsFrom } from '@nuages/orm'
import { setUrlconf } from '@nuages/urls'
import { loadUrlconf, type Urlconf } from '../application/load-urlconf.ts'
import { translationOptions } from '../locale/translation-options.ts'
import { configureLogger } from '../log/logger.ts'
import { logQueries } from '../log/query-log.ts'
import { storagesOf } from '../media/media-storage.ts'
import { activateSettings } from '../settings/active-settings.ts'
import type { Settings } from '../settings/settings.ts'
import { makeTemplateEngine } from '../templates/make-template-engine.ts'
import { setTemplateEngine } from '../templates/template-engine.ts'
import { type AppRegistry, apps } from './app-registry.ts'
import { loadModels } from './load-models.ts'
import { shutdown } from './shutdown.ts'
import { assertSwaps, settingAt } from './swaps.ts'

/** A project that is set up. */
export interface Registry {
  readonly settings: Settings
  readonly apps: AppRegistry
  readonly urlconf: Urlconf
}

let current: { readonly settings: Settings; readonly registry: Promise<Registry> } | undefined

/**
 * Makes a project ready: activates its settings, opens its databases and its storage, loads the models of its apps in order, makes the
 * template engine, loads the URLconf and calls each app's `ready()`. Called again with the same settings it gives the same
 * result; other settings in one process throw `ImproperlyConfigured`. Django's `django.setup()`.
 */
export function setup(settings: Settings): Promise<Registry> {
  if (current?.settings === settings) return current.registry
  if (current) {
    return Promise.reject(
      new ImproperlyConfigured('setup() was called with other settings than before; a process runs one project.', {
        hint: 'Tests that need another project call `await resetSetup()` first.',
      }),
    )
  }
  const registry = load(settings)
  current = { settings, registry }
  registry.catch(() => resetSetup())
  return registry
}

/** Takes everything back that `setup()` did: databases and other connections are closed, apps forgotten. For tests. */
export async function resetSetup(): Promise<void> {
  current = undefined
  apps.clear()
  setTemplateEngine(undefined)
  setStorages(undefined)
  setUrlconf(undefined)
  activateSettings(undefined)
  readSwapsFrom(undefined)
  configureTranslations({ languageCode: 'en' })
  logQueries(false)
  await shutdown()
}

async function load(settings: Settings): Promise<Registry> {
  activateSettings(settings)
  configureLogger(settings)
  logQueries(settings.logging.queries)
  // The debug page shows whose call led where; ten frames often end inside the framework.
  if (settings.debug) Error.stackTraceLimit = 50
  setDefaultTimeZone(settings.timeZone)
  configureTranslations(translationOptions(settings))
  setStorages(storagesOf(settings))
  readSwapsFrom((setting) => settingAt(settings, setting))
  apps.populate(settings.installedApps)
  const { databases, databaseRouters: routers, baseDir } = settings
  if (Object.keys(databases).length > 0) configureDatabases(databases, { baseDir, routers })
  for (const app of apps.all()) apps.addModels(app.name, await loadModels(app))
  assertSwaps(settings, apps)
  setTemplateEngine(makeTemplateEngine(settings, apps.all()))
  const urlconf = await loadUrlconf(settings)
  for (const app of apps.all()) await app.ready?.({ settings, apps })
  apps.markReady()
  return { settings, apps, urlconf }
}
