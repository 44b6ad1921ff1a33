import { resolve } from 'node:path'
import { didYouMean } from '@nuages/foundation'
import { z } from 'zod'
import type { App } from '../apps/define-app.ts'
import { SettingsError, type SettingsProblem } from '../errors.ts'
import { defaultMiddleware } from '../middleware/default-middleware.ts'
import { type PolicySetting, policyProblems } from './policy-problems.ts'
import { derivedSecretKey, secretKeyWeakness } from './secret-key.ts'
import type { AppSections, AppSectionsInput, Settings, SettingsInput } from './settings.ts'
import { settingsProblems } from './settings-problems.ts'
import { settingsShape } from './settings-schema.ts'

const settingsObject = z.strictObject(settingsShape)

/** The result of `defineSettings`: the framework's settings, the sections of the apps, and the project's `custom`. */
export type DefinedSettings<Apps extends readonly App[], Custom> = Settings &
  AppSections<Apps> & { readonly custom: Custom }

/**
 * Validates the settings of a project and fills in the defaults. `custom` is the project's own, kept as it is and typed
 * as it is written; an app that declares settings has its section under its name. Throws `SettingsError` with every
 * problem at once. The result is frozen.
 */
export function defineSettings<const Apps extends readonly App[] = readonly [], const Custom extends object = {}>(
  input: SettingsInput & { readonly installedApps?: Apps; readonly custom?: Custom } & AppSectionsInput<Apps>,
): DefinedSettings<Apps, Custom> {
  const { known, custom, sections, problems } = splitInput(input as Readonly<Record<string, unknown>>)
  const parsed = settingsObject.safeParse(known)
  if (!parsed.success) problems.push(...settingsProblems(parsed.error, known))
  // A `debug` that is neither on nor off is a problem of its own.
  const production = (known.debug ?? false) === false
  const secretKey = typeof known.secretKey === 'string' ? known.secretKey : ''
  const weakness = production ? secretKeyWeakness(secretKey) : undefined
  if (weakness !== undefined && !problems.some(({ key }) => key === 'secretKey')) problems.push(weakKey(weakness))
  if (parsed.success) problems.push(...policyProblems(parsed.data as Pick<Settings, PolicySetting>))
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems)
  const { data } = parsed
  const settings = {
    ...data,
    ...sections,
    custom,
    secretKey: secretKey === '' ? derivedSecretKey(data.baseDir) : secretKey,
    middleware: data.middleware ?? defaultMiddleware,
    templates: { ...data.templates, dirs: data.templates.dirs.map((dir) => resolve(data.baseDir, dir)) },
    staticDirs: data.staticDirs.map((dir) => resolve(data.baseDir, dir)),
    staticRoot: data.staticRoot && resolve(data.baseDir, data.staticRoot),
    localeDirs: data.localeDirs.map((dir) => resolve(data.baseDir, dir)),
    uploadTempDir: data.uploadTempDir && resolve(data.baseDir, data.uploadTempDir),
    fixtureDirs: data.fixtureDirs.map((dir) => resolve(data.baseDir, dir)),
    mediaRoot: resolve(data.baseDir, data.mediaRoot),
  }
  return deepFreeze(settings) as unknown as DefinedSettings<Apps, Custom>
}

interface SplitInput {
  readonly known: Readonly<Record<string, unknown>>
  readonly custom: unknown
  readonly sections: Readonly<Record<string, unknown>>
  readonly problems: SettingsProblem[]
}

/** Sets the sections of apps apart from the framework's settings, and reports the keys that are neither. */
function splitInput(input: Readonly<Record<string, unknown>>): SplitInput {
  const apps = (Array.isArray(input.installedApps) ? (input.installedApps as App[]) : []).filter(
    (app) => app?.settings !== undefined,
  )
  const schemas = new Map(apps.map((app) => [app.name, app.settings as z.ZodType]))
  const sections: Record<string, unknown> = {}
  const problems: SettingsProblem[] = []
  for (const [name, schema] of schemas) {
    if (name in settingsShape || name === 'custom') {
      const message = `app '${name}' declares settings, but '${name}' is a setting of the framework. Rename the app.`
      problems.push({ key: name, message })
      continue
    }
    const section = schema.safeParse(input[name] ?? {})
    if (section.success) sections[name] = section.data
    else problems.push(...settingsProblems(section.error, input[name] ?? {}, name))
  }
  const names = [...Object.keys(settingsShape), ...schemas.keys(), 'custom']
  const known: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(input)) {
    if (key in settingsShape) known[key] = value
    else if (!names.includes(key)) problems.push(unknownSetting(key, names))
  }
  return { known, custom: input.custom ?? {}, sections, problems }
}

function unknownSetting(key: string, names: readonly string[]): SettingsProblem {
  const suggestion = didYouMean(key, names)
  const wayOut = suggestion || " The project's own settings go under 'custom'."
  return { key, message: `there is no setting '${key}'.${wayOut}` }
}

function weakKey(weakness: string): SettingsProblem {
  return {
    key: 'secretKey',
    message:
      `secretKey ${weakness}, and debug is off. It takes at least 32 random characters that only this site knows: ` +
      `set SECRET_KEY in the environment, for example to the output of 'openssl rand -base64 48'.`,
  }
}

/** Freezes plain objects and arrays all the way down; what else there is (functions, classes, apps) stays as it is. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value)) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}
