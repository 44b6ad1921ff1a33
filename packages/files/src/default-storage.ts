import { ImproperlyConfigured } from '@nuages/foundation'
import type { Storage } from './storage.ts'

let storage: Storage | undefined

/** Makes `next` the storage of all fields that name none; `undefined` takes it away. `setup()` sets it from the settings. */
export function setDefaultStorage(next: Storage | undefined): void {
  storage = next
}

/** The project's storage: the folder `mediaRoot`, unless another was set. Throws before `setup()`. Django's `default_storage`. */
export function defaultStorage(): Storage {
  if (storage === undefined) {
    throw new ImproperlyConfigured('The default storage was asked for before the project was set up.', {
      hint: 'Call `await setup(settings)` first; a script without a project calls `setDefaultStorage(…)`.',
    })
  }
  return storage
}
