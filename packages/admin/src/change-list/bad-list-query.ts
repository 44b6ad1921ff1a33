import { NuagesError } from '@nuages/foundation'

/** A query string that asks a list for what it does not have. The list answers with itself, without it. */
export class BadListQuery extends NuagesError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('admin-bad-list-query', message, options)
  }
}
