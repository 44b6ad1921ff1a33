import type { Database } from '../../backends/database.ts'
import type { SchemaEditor } from '../../backends/schema-editor.ts'
import { blockOf } from '../../transactions/atomic-block.ts'
import type { PreparedStep } from './prepare-steps.ts'
import type { OperationStep } from './state-at.ts'

export interface OperationTarget {
  readonly database: Database
  readonly editor: SchemaEditor
  /** The SQL is only shown. */
  readonly recording?: boolean
}

/** Does one operation of a step, or undoes it. */
export async function runOperation(
  { migration, direction }: PreparedStep,
  { operation, before, after }: OperationStep,
  { database, editor, recording = false }: OperationTarget,
): Promise<void> {
  const shared = { app: migration.app, editor, database, recording }
  if (direction === 'forwards') await operation.forwards({ ...shared, from: before, to: after })
  else await operation.backwards({ ...shared, from: after, to: before })
  // An error that the operation has swallowed is this operation's, not that of whoever runs the next statement.
  blockOf(database)?.assertUnbroken()
}

/** The operations of a step in the order in which they run. */
export function inDirection({ direction, operations }: PreparedStep): readonly OperationStep[] {
  return direction === 'forwards' ? operations : operations.toReversed()
}
