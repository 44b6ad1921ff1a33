import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** A token was to be made that cannot be. */
export class InvalidToken extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('invalid-token', message, options)
  }
}
