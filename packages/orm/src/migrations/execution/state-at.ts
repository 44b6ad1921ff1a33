import type { MigrationGraph } from '../graph.ts'
import { keyOf, type Migration } from '../migration.ts'
import { ProjectState } from '../state/project-state.ts'

/** The state after `migration`, from the one before it. */
function stateAfter(migration: Migration, before: ProjectState): ProjectState {
  return migration.operations.reduce((state, operation) => operation.applyTo(state, migration.app), before)
}

/** The state that a migration meets: that of all migrations before it which `counts`. */
export function stateBefore(
  migration: Migration,
  graph: MigrationGraph,
  counts: (earlier: Migration) => boolean,
): ProjectState {
  const { order } = graph
  const earlier = order.slice(0, order.indexOf(migration)).filter(counts)
  return earlier.reduce((state, one) => stateAfter(one, state), new ProjectState())
}

/** The state that all migrations together make. */
export function finalState(graph: MigrationGraph): ProjectState {
  return graph.order.reduce((state, migration) => stateAfter(migration, state), new ProjectState())
}

/** Keys of a set of migrations, as the record has them. */
export function isIn(keys: ReadonlySet<string>): (migration: Migration) => boolean {
  return (migration) => keys.has(keyOf(migration))
}
