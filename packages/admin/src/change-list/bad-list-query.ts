import { NuagesError } from '@nuages/foundation'

/** A query string that asks a list for what it does not have. The list answers with itself, without it. */
export class BadListQuery extends NuagesError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('admin-bad-list-query', message, options)
  }
}

/** A page that the list does not have, such as the last one once its rows are deleted. The list answers with its first. */
export class NoSuchPage extends BadListQuery {}
