import { MigrationError } from '../errors.ts'
import type { MigrationGraph } from '../graph.ts'
import { keyOf, type Migration } from '../migration.ts'
import type { Operation } from '../operations/operation.ts'
import { ProjectState } from '../state/project-state.ts'

/** An operation of a migration between the states around it, as the file has them, whatever the direction it is taken in. */
export interface OperationStep {
  readonly operation: Operation
  /** 1 for the first. */
  readonly position: number
  readonly before: ProjectState
  readonly after: ProjectState
}

/** The states between the operations of a migration. Throws `MigrationError`, with the operation, where one finds no place. */
export function operationSteps(migration: Migration, start: ProjectState): OperationStep[] {
  let before = start
  return migration.operations.map((operation, index) => {
    const step = { operation, position: index + 1, before, after: applied(operation, before, migration) }
    before = step.after
    return step
  })
}

function applied(operation: Operation, before: ProjectState, migration: Migration): ProjectState {
  try {
    return operation.applyTo(before, migration.app)
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error
    throw new MigrationError(`${keyOf(migration)}, '${operation.description}': ${error.message}`, { cause: error })
  }
}

/** The state after a migration, from the one before it. */
function stateAfter(migration: Migration, before: ProjectState): ProjectState {
  return operationSteps(migration, before).at(-1)?.after ?? before
}

/** The state that some of the migrations make, in the order of the graph. */
export function stateOf(migrations: readonly Migration[]): ProjectState {
  return migrations.reduce((state, migration) => stateAfter(migration, state), new ProjectState())
}

/** The state that all migrations together make. */
export function finalState(graph: MigrationGraph): ProjectState {
  return stateOf(graph.order)
}
