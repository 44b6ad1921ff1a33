import { postgresOperations } from '../../backends/postgres/operations.ts'
import { allowsMigration } from '../../routing/route.ts'
import type { Operation, OperationContext } from './operation.ts'

const { quote, literal } = postgresOperations

/** What only PostgreSQL has; a history that runs on SQLite too passes over it there. */
function onPostgres(
  parts: Pick<Operation, 'factory' | 'arguments' | 'description' | 'nameFragment'>,
  forward: string,
  backward: string,
): Operation {
  const run = async ({ app, database, editor }: OperationContext, sql: string) => {
    if (database.vendor === 'postgresql' && allowsMigration(database.alias, app)) await editor.run(sql)
  }
  return {
    ...parts,
    reversible: true,
    applyTo: (state) => state,
    forwards: (context) => run(context, forward),
    backwards: (context) => run(context, backward),
  }
}

const plainName = (name: string) => name.toLowerCase().replaceAll(/\W+/g, '_')

/** Installs an extension of PostgreSQL, such as `'pg_trgm'`, where it is not there yet. Django's `CreateExtension`. */
export function createExtension(name: string): Operation {
  return onPostgres(
    {
      factory: 'createExtension',
      arguments: [name],
      description: `Create extension ${name}`,
      nameFragment: `create_extension_${plainName(name)}`,
    },
    `CREATE EXTENSION IF NOT EXISTS ${quote(name)}`,
    `DROP EXTENSION IF EXISTS ${quote(name)}`,
  )
}

export interface CollationOptions {
  /** Whose rules they are; `'libc'`, those of the operating system, when left out. */
  readonly provider?: 'libc' | 'icu'
  /** `false`: texts of different bytes may be equal, as in `locale` `'und-u-ks-level2'`, which takes no notice of case. */
  readonly deterministic?: boolean
}

function createCollationSql(
  name: string,
  locale: string,
  { provider = 'libc', deterministic }: CollationOptions,
): string {
  const rules = deterministic === undefined ? '' : `, deterministic = ${deterministic}`
  return `CREATE COLLATION ${quote(name)} (provider = ${provider}, locale = ${literal(locale)}${rules})`
}

const given = (options: CollationOptions) => (Object.keys(options).length === 0 ? [] : [options])

/** Makes a collation of PostgreSQL, for the `dbCollation` of fields. Django's `CreateCollation`. */
export function createCollation(name: string, locale: string, options: CollationOptions = {}): Operation {
  return onPostgres(
    {
      factory: 'createCollation',
      arguments: [name, locale, ...given(options)],
      description: `Create collation ${name}`,
      nameFragment: `create_collation_${plainName(name)}`,
    },
    createCollationSql(name, locale, options),
    `DROP COLLATION ${quote(name)}`,
  )
}

/** Drops a collation; the other arguments make it again on the way back. Django's `RemoveCollation`. */
export function removeCollation(name: string, locale: string, options: CollationOptions = {}): Operation {
  return onPostgres(
    {
      factory: 'removeCollation',
      arguments: [name, locale, ...given(options)],
      description: `Remove collation ${name}`,
      nameFragment: `remove_collation_${plainName(name)}`,
    },
    `DROP COLLATION ${quote(name)}`,
    createCollationSql(name, locale, options),
  )
}
