import { allowsMigration } from '../../routing/route.ts'
import { MigrationError } from '../errors.ts'
import { type History, historyOf } from './history.ts'
import type { Operation, OperationContext } from './operation.ts'
import { noop } from './run-sql.ts'

type Code = ((history: History) => Promise<void>) | typeof noop

/**
 * Runs code in the migration's transaction: a change of rows rather than of tables. It must use the models that it is given,
 * since those of the project may have changed since. Without `backward` the migration cannot be taken back. Django's
 * `RunPython`.
 */
export function runCode(forward: Code, backward?: Code): Operation {
  return {
    factory: 'runCode',
    arguments: backward === undefined ? [forward] : [forward, backward],
    description: 'Run code',
    nameFragment: undefined,
    reversible: backward !== undefined,
    applyTo: (state) => state,
    forwards: (context) => run(forward, context),
    async backwards(context) {
      if (backward === undefined) throw new MigrationError('runCode has no code for the way back.')
      await run(backward, context)
    },
  }
}

async function run(code: Code, context: OperationContext): Promise<void> {
  if (code === noop || !allowsMigration(context.database.alias, context.app)) return
  if (context.recording) return context.editor.run('-- Code runs here; it has no SQL that could be shown.')
  await code(historyOf({ app: context.app, state: context.from, database: context.database }))
  context.editor.rowsChanged?.()
}
