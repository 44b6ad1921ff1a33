import { allowsMigration } from '../../routing/route.ts'
import { MigrationError } from '../errors.ts'
import type { Operation, OperationContext } from './operation.ts'

/** In place of SQL: there is nothing to do in that direction. */
export const noop: unique symbol = Symbol('nuages.migrations.noop')

type Sql = string | typeof noop

/**
 * Runs SQL as it is written, one statement or several. Without `backward` the migration cannot be taken back. Django's
 * `RunSQL`.
 */
export function runSQL(forward: Sql, backward?: Sql): Operation {
  return {
    factory: 'runSQL',
    arguments: backward === undefined ? [forward] : [forward, backward],
    description: 'Run SQL',
    nameFragment: undefined,
    reversible: backward !== undefined,
    applyTo: (state) => state,
    async forwards(context) {
      if (forward !== noop) await run(forward, context)
    },
    async backwards(context) {
      if (backward === undefined) throw new MigrationError('runSQL has no SQL for the way back.')
      if (backward !== noop) await run(backward, context)
    },
  }
}

/** What the SQL is about only a router knows, by the app. */
async function run(sql: string, { app, database, editor }: OperationContext): Promise<void> {
  if (allowsMigration(database.alias, app)) await editor.run(sql)
}
