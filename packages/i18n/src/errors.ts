import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** A value and the format it should be shown in do not go together. */
export class FormatError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('format-error', message, options)
  }
}

/** A catalogue of translations cannot be read. */
export class CatalogueError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('catalogue-error', message, options)
  }
}
