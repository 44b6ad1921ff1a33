import type { MigrationHints } from '../../routing/database-router.ts'
import { allowsMigration } from '../../routing/route.ts'
import { MigrationError } from '../errors.ts'
import { type History, historyOf } from './history.ts'
import { noop } from './noop.ts'
import type { Operation, OperationContext } from './operation.ts'
import { givenArguments, wayBack } from './way-back.ts'

/** The code of a migration. */
export type MigrationCode = ((history: History) => Promise<void>) | typeof noop

export interface RunCodeOptions {
  /** Whether squashing may leave it out. */
  readonly elidable?: boolean
  /** What database routers are told of it. */
  readonly hints?: MigrationHints
  /**
   * `false` runs the code outside of any transaction, in a migration with `atomic: false`: it opens those that it needs, with
   * `atomic`. It must be safe to run again: a deployment that was stopped repeats it.
   */
  readonly atomic?: false
}

/**
 * Runs code in the migration's transaction: a change of rows rather than of tables. It must use the models that it is given,
 * since those of the project may have changed since. Without `backward` the migration cannot be taken back. Django's
 * `RunPython`.
 */
export function runCode(forward: MigrationCode, backward?: MigrationCode, options?: RunCodeOptions): Operation
export function runCode(forward: MigrationCode, options: RunCodeOptions): Operation
export function runCode(
  forward: MigrationCode,
  ...rest: readonly (MigrationCode | RunCodeOptions | undefined)[]
): Operation {
  const { backward, options } = wayBack<MigrationCode, RunCodeOptions>(rest)
  const { elidable, hints, atomic } = options
  return {
    factory: 'runCode',
    arguments: givenArguments([forward, ...rest]),
    description: 'Run code',
    nameFragment: undefined,
    reversible: backward !== undefined,
    ...(atomic === undefined ? {} : { atomic }),
    ...(elidable === undefined ? {} : { elidable }),
    applyTo: (state) => state,
    forwards: (context) => run(forward, context, hints),
    async backwards(context) {
      if (backward === undefined) throw new MigrationError('runCode has no code for the way back.')
      await run(backward, context, hints)
    },
  }
}

async function run(code: MigrationCode, context: OperationContext, hints: MigrationHints | undefined): Promise<void> {
  const { app, from, database, editor, recording } = context
  if (code === noop || !allowsMigration(database.alias, app, hints)) return
  if (recording) return editor.run('-- Code runs here; it has no SQL that could be shown.')
  await withLongStacks(() => code(historyOf({ app, state: from, database })))
  editor.rowsChanged?.()
}

/** How many migrations run code now, as two databases may do at once, and how long stacks were before the first of them. */
let running = 0
let usualLimit = Error.stackTraceLimit

/** Ten frames, as many as an error has by itself, end within the ORM: the place in the migration would not be among them. */
async function withLongStacks(run: () => Promise<void>): Promise<void> {
  if (running++ === 0) usualLimit = Error.stackTraceLimit
  Error.stackTraceLimit = Math.max(usualLimit, 50)
  try {
    await run()
  } finally {
    if (--running === 0) Error.stackTraceLimit = usualLimit
  }
}
