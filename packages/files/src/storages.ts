import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { Storage } from './storage.ts'

let byAlias: ReadonlyMap<string, Storage> | undefined

/** Gives the project its storages, by alias; `undefined` takes them away. `setup()` does it, from the settings. */
export function setStorages(next: Readonly<Record<string, Storage>> | undefined): void {
  byAlias = next && new Map(Object.entries(next))
}

/** Makes `next` the storage of all fields that name none; `undefined` takes it away. The others stay. */
export function setDefaultStorage(next: Storage | undefined): void {
  const others = [...(byAlias ?? [])].filter(([alias]) => alias !== 'default')
  byAlias = new Map(next === undefined ? others : [['default', next], ...others])
}

/** The project's storage: the folder `mediaRoot`, unless the settings name another. Throws before `setup()`. Django's `default_storage`. */
export function defaultStorage(): Storage {
  return storages.get('default')
}

/** The storages of the settings' `storages`, by alias. Django's `storages`. */
export const storages: {
  /** Throws `ImproperlyConfigured` for an alias that the settings do not have, and before `setup()`. */
  get(alias: string): Storage
} = Object.freeze({
  get(alias) {
    const storage = byAlias?.get(alias)
    if (storage !== undefined) return storage
    if (byAlias?.has('default')) {
      throw new ImproperlyConfigured(`There is no storage '${alias}'.${didYouMean(alias, byAlias.keys())}`, {
        hint: `Add it to the settings: storages: { ${/^\w+$/.test(alias) ? alias : JSON.stringify(alias)}: … }.`,
      })
    }
    const what = alias === 'default' ? 'The default storage' : `The storage '${alias}'`
    throw new ImproperlyConfigured(`${what} was asked for before the project was set up.`, {
      hint: 'Call `await setup(settings)` first; a script without a project calls `setDefaultStorage(…)`.',
    })
  },
})
