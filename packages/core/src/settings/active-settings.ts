import type { Register } from '@nuages/foundation'
import { NotSetUp } from '../errors.ts'
import type { Settings } from './settings.ts'

/** The settings as this project typed them: `Register['settings']` where it is declared. */
export type ActiveSettings = Register extends { settings: infer Registered extends object } ? Registered : Settings

let active: Settings | undefined

/** Makes `settings` the active ones; `undefined` takes them away. Called by `setup()` and `resetSetup()`. */
export function activateSettings(settings: Settings | undefined): void {
  active = settings
}

/** The active settings; throws `NotSetUp` before `setup()`. */
export function activeSettings(): Settings {
  if (active === undefined) {
    throw new NotSetUp('The settings were read before the project was set up.', {
      hint:
        'Read settings inside functions, not while a module loads; a script of its own calls `await setup(settings)` ' +
        'before it imports what needs them.',
    })
  }
  return active
}

/**
 * The settings of the running project. Reading one before `setup()` throws `NotSetUp`. Code imports this, never the
 * project's settings file, which imports the apps and so would close a circle. Django's `django.conf.settings`.
 */
export const settings: ActiveSettings = new Proxy(Object.create(null) as object, {
  get: (_target, key) => Reflect.get(activeSettings(), key),
  has: (_target, key) => Reflect.has(activeSettings(), key),
  ownKeys: () => Reflect.ownKeys(activeSettings()),
  getOwnPropertyDescriptor: (_target, key) => {
    const descriptor = Reflect.getOwnPropertyDescriptor(activeSettings(), key)
    // A proxy may only report what its own (empty, extensible) target could have: configurable properties.
    return descriptor && { ...descriptor, configurable: true }
  },
  set: (_target, key) => {
    throw new TypeError(`The settings are frozen: '${String(key)}' is set in the settings file.`)
  },
}) as ActiveSettings

/**
 * A function that gives what `compute` makes of the active settings, computed once for each settings object: how what is
 * read for every request costs one comparison.
 */
export function fromSettings<T>(compute: (settings: Settings) => T): () => T {
  let computedFor: Settings | undefined
  let value: T
  return () => {
    const current = active ?? activeSettings()
    if (current !== computedFor) {
      value = compute(current)
      computedFor = current
    }
    return value
  }
}
