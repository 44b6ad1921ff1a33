import { IntegrityError, ProtectedError, RestrictedError } from '@nuages/orm'

/** The database, or another row, stood in the way of a deletion after all. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ProtectedError || error instanceof RestrictedError || error instanceof IntegrityError
}
