import { didYouMean } from '@nuages/foundation'
import { type ModelMeta, models } from '@nuages/orm'
import { SettingsError, type SettingsProblem } from '../errors.ts'
import type { Settings } from '../settings/settings.ts'
import type { AppRegistry } from './app-registry.ts'

/** What a setting says that names a model: `'authUserModel'`, or one of an app's section, `'shop.customerModel'`. */
export function settingAt(settings: Settings, path: string): string | undefined {
  const value = path
    .split('.')
    .reduce<unknown>((section, name) => (section as Record<string, unknown> | undefined)?.[name], settings)
  return typeof value === 'string' ? value : undefined
}

/** Throws `SettingsError` where a setting puts a model in the place of another that no app has. Part of `setup()`. */
export function assertSwaps(settings: Settings, apps: AppRegistry): void {
  const labels = apps.models(undefined, { includeSwapped: true }).map((model) => metaOf(model).label)
  const problems = models.swappables
    .filter(({ appLabel }) => apps.has(appLabel))
    .flatMap(({ options }) => problemWith(options.swappable!, settingAt(settings, options.swappable!), labels))
  if (problems.length > 0) throw new SettingsError(problems)
}

function problemWith(key: string, label: string | undefined, labels: readonly string[]): SettingsProblem[] {
  if (label === undefined || labels.some((known) => known.toLowerCase() === label.toLowerCase())) return []
  const [app = ''] = label.split('.')
  const own = labels.filter((known) => known.startsWith(`${app}.`))
  const wayOut =
    own.length > 0
      ? `${didYouMean(label, own)} Models of '${app}': ${own.map((known) => known.slice(app.length + 1)).join(', ')}.`
      : ` Is the app '${app}' in installedApps, and its module of models in its defineApp({ models })?`
  return [{ key, message: `${key} is '${label}', and no installed app has that model.${wayOut}` }]
}

function metaOf(model: object): ModelMeta {
  return (model as { readonly meta: ModelMeta }).meta
}
