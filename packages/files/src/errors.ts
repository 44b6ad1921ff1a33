import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** A file could not be stored or read: a full disk, a folder without permission. Nothing of what was to be stored is kept. */
export class StorageError extends NuagesError {
  constructor(message: string, options: NuagesErrorOptions & { readonly code?: string } = {}) {
    super(options.code ?? 'storage-error', message, options)
  }
}

/** A storage has no file of that name. */
export class FileNotFound extends StorageError {
  constructor(message: string, options: NuagesErrorOptions = {}) {
    super(message, { ...options, code: 'file-not-found' })
  }
}

/** A name that leads out of its storage, or is no name. Django's `SuspiciousFileOperation`. */
export class SuspiciousFileName extends NuagesError {
  constructor(message: string, options: NuagesErrorOptions = {}) {
    super('suspicious-file-name', message, options)
  }
}
