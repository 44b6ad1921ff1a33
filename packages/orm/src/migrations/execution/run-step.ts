import type { Database } from '../../backends/database.ts'
import type { SchemaEditor } from '../../backends/schema-editor.ts'
import { MigrationError, MigrationFailed } from '../errors.ts'
import { keyOf, type Migration } from '../migration.ts'
import type { Operation } from '../operations/operation.ts'
import type { ProjectState } from '../state/project-state.ts'
import type { Step } from './plan.ts'

export interface StepContext {
  readonly database: Database
  readonly editor: SchemaEditor
  /** The state before the migration, whatever the direction. */
  readonly state: ProjectState
  readonly recording?: boolean
}

/** Does the operations of one migration, or undoes them in reverse. Throws `MigrationFailed` with the one that failed. */
export async function runStep({ migration, direction }: Step, context: StepContext): Promise<void> {
  const { database, editor, recording = false } = context
  const steps = between(migration, context.state)
  if (direction === 'backwards') {
    assertReversible(migration)
    steps.reverse()
  }
  for (const { operation, position, before, after } of steps) {
    const shared = { app: migration.app, editor, database, recording }
    try {
      if (direction === 'forwards') await operation.forwards({ ...shared, from: before, to: after })
      else await operation.backwards({ ...shared, from: after, to: before })
    } catch (error) {
      throw failure(migration, operation, position, direction, error)
    }
  }
}

function between(migration: Migration, start: ProjectState) {
  let before = start
  return migration.operations.map((operation, index) => {
    const step = { operation, position: index + 1, before, after: operation.applyTo(before, migration.app) }
    before = step.after
    return step
  })
}

function assertReversible(migration: Migration): void {
  const stuck = migration.operations.find((operation) => !operation.reversible)
  if (!stuck) return
  throw new MigrationError(
    `${keyOf(migration)} cannot be taken back: '${stuck.description}' has no way back. Give it its second argument, or noop.`,
  )
}

function failure(
  migration: Migration,
  operation: Operation,
  position: number,
  direction: Step['direction'],
  cause: unknown,
): MigrationFailed {
  const key = keyOf(migration)
  const reason = cause instanceof Error ? cause.message : String(cause)
  const sql = (cause as { sql?: unknown } | null)?.sql
  const way = direction === 'forwards' ? '' : ', on the way back,'
  return new MigrationFailed(
    `${key}${way} failed at operation ${position} of ${migration.operations.length}, '${operation.description}': ${reason}` +
      `${typeof sql === 'string' ? `\nSQL: ${sql}` : ''}\nThe database and its record are as they were before ${key}.`,
    { cause, migration: key, operation: operation.description },
  )
}
