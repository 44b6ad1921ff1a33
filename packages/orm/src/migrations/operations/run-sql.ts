import type { SqlValue } from '../../backends/database.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import { rawPieces } from '../../query/execute/raw-pieces.ts'
import type { MigrationHints } from '../../routing/database-router.ts'
import { allowsMigration } from '../../routing/route.ts'
import { MigrationError } from '../errors.ts'
import { noop } from './noop.ts'
import type { Operation, OperationContext } from './operation.ts'
import { givenArguments, wayBack } from './way-back.ts'

/** A statement with values for its places, `?`; `??` is a question mark. */
export type SqlWithValues = readonly [sql: string, values: readonly SqlValue[]]

/** SQL text of one statement or several, or a list of statements, each of which may have values. */
export type MigrationSql = string | typeof noop | readonly (string | SqlWithValues)[]

export interface RunSQLOptions {
  /** What the state makes of it: the SQL does what these operations would have done. */
  readonly stateOperations?: readonly Operation[]
  /** Whether squashing may leave it out. */
  readonly elidable?: boolean
  /** What database routers are told of it. */
  readonly hints?: MigrationHints
  /**
   * `false` for a statement that cannot run in a transaction, in a migration with `atomic: false`. It must be safe to run again:
   * a deployment that was stopped repeats it.
   */
  readonly atomic?: false
}

/**
 * Runs SQL as it is written. Without `backward` the migration cannot be taken back; `noop` says that there is nothing to do.
 * Throws `QueryError` for a statement that has places for another number of values. Django's `RunSQL`.
 */
export function runSQL(forward: MigrationSql, backward?: MigrationSql, options?: RunSQLOptions): Operation
export function runSQL(forward: MigrationSql, options: RunSQLOptions): Operation
export function runSQL(
  forward: MigrationSql,
  ...rest: readonly (MigrationSql | RunSQLOptions | undefined)[]
): Operation {
  const { backward, options } = wayBack<MigrationSql, RunSQLOptions>(rest)
  const { stateOperations = [], elidable, hints, atomic } = options
  statements(forward)
  if (backward !== undefined) statements(backward)
  return {
    factory: 'runSQL',
    arguments: givenArguments([forward, ...rest]),
    description: 'Run SQL',
    nameFragment: undefined,
    reversible: backward !== undefined,
    ...(atomic === undefined ? {} : { atomic }),
    ...(elidable === undefined ? {} : { elidable }),
    applyTo: (state, app) => stateOperations.reduce((current, operation) => operation.applyTo(current, app), state),
    forwards: (context) => run(forward, context, hints),
    async backwards(context) {
      if (backward === undefined) throw new MigrationError('runSQL has no SQL for the way back.')
      await run(backward, context, hints)
    },
  }
}

interface Pieces {
  readonly pieces: readonly string[]
  readonly values: readonly SqlValue[]
}

/** Each statement, cut where its values go. Text without values is SQL as it is: its question marks are its own. */
function statements(sql: MigrationSql): readonly Pieces[] {
  if (sql === noop) return []
  if (typeof sql === 'string') return [{ pieces: [sql], values: [] }]
  return sql.map((statement) => {
    if (typeof statement === 'string') return { pieces: [statement], values: [] }
    const [text, values] = statement
    return { pieces: rawPieces(text, values.length, 'runSQL()'), values }
  })
}

/**
 * Values stand in the text as literals: what is run is then what is shown, and schema statements, which take no parameters,
 * may have values too. What the SQL is about only a router knows, by the app and the hints.
 */
async function run(
  sql: MigrationSql,
  { app, database, editor }: OperationContext,
  hints: MigrationHints | undefined,
): Promise<void> {
  if (!allowsMigration(database.alias, app, hints)) return
  const { literal } = operationsFor(database.vendor)
  for (const { pieces, values } of statements(sql)) {
    const literals = values.map(literal)
    await editor.run(pieces.map((piece, index) => piece + (literals[index] ?? '')).join(''))
  }
}
