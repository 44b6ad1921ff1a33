import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** A secret in the database was sealed with a key that this project does not have, or for another user. */
export class UnreadableSecret extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('unreadable-secret', message, options)
  }
}
