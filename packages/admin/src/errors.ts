import { NuagesError } from '@nuages/foundation'

/** A model was registered twice with one site. Django's `AlreadyRegistered`. */
export class AlreadyRegistered extends NuagesError {
  constructor(message: string) {
    super('admin-already-registered', message)
  }
}

/** A site was asked for a model that is not registered with it. Django's `NotRegistered`. */
export class NotRegistered extends NuagesError {
  constructor(message: string) {
    super('admin-not-registered', message)
  }
}

/** Options of the admin that cannot work; the checks tell of them before. */
export class AdminOptionError extends NuagesError {
  constructor(message: string) {
    super('admin-option', message)
  }
}
