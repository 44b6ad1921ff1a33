import { MigrationError } from '../errors.ts'
import type { Operation } from './operation.ts'

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
    async forwards({ editor }) {
      if (forward !== noop) await editor.run(forward)
    },
    async backwards({ editor }) {
      if (backward === undefined) throw new MigrationError('runSQL has no SQL for the way back.')
      if (backward !== noop) await editor.run(backward)
    },
  }
}
