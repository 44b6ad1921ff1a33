import type { CacheAddress } from '../../cache-address.ts'

/** Which table of which database a URL names: `database:nuages_cache?database=default`. */
export interface DatabasePlace {
  readonly alias: string
  readonly table: string
  readonly database: string
}

/** Throws `ImproperlyConfigured` where the URL names no table, or one that no database has a name for. */
export function databasePlace(address: CacheAddress): DatabasePlace {
  const table = address.location
  if (!/^[\p{L}_][\p{L}\p{N}_$]{0,50}$/u.test(table)) {
    throw address.problem(`it takes the name of a table ('database:nuages_cache'), not '${table}'`)
  }
  return { alias: address.alias, table, database: address.text('database') ?? 'default' }
}
