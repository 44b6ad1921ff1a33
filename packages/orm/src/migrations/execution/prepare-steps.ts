import { MigrationError } from '../errors.ts'
import type { MigrationGraph } from '../graph.ts'
import { keyOf, type Migration } from '../migration.ts'
import type { Operation } from '../operations/operation.ts'
import type { Ran, Step } from './plan.ts'
import { type OperationStep, operationSteps, stateOf } from './state-at.ts'

/** A step of a plan with the states that its operations lead from and to. */
export interface PreparedStep extends Step {
  /** In the order of the file, whatever the direction. */
  readonly operations: readonly OperationStep[]
  /** Whether its tables may be there already: `--fake-initial` looks for those. */
  readonly initial: boolean
}

/**
 * Works out the states of a whole plan before any of it runs. They start from what the database has: every migration that ran, in
 * whatever order it did. Throws `MigrationError` where an operation finds no place, cannot be taken back, or cannot run in a
 * transaction that it is given.
 */
export function prepareSteps(
  graph: MigrationGraph,
  { applied }: Pick<Ran, 'applied'>,
  steps: readonly Step[],
): PreparedStep[] {
  for (const step of steps) assertRuns(step)
  const planned = new Set(steps.map(({ migration }) => migration))
  // What is taken back has nothing after it that stays, so its states may come last.
  let state = stateOf(graph.order.filter((one) => applied.has(keyOf(one)) && !planned.has(one)))
  const forwards = steps[0]?.direction === 'backwards' ? steps.toReversed() : steps
  const prepared = forwards.map((step): PreparedStep => {
    const operations = operationSteps(step.migration, state)
    state = operations.at(-1)?.after ?? state
    return { ...step, operations, initial: isInitial(step.migration, graph) }
  })
  return steps === forwards ? prepared : prepared.reverse()
}

function isInitial(migration: Migration, graph: MigrationGraph): boolean {
  return migration.initial ?? graph.needs(migration).every(({ app }) => app !== migration.app)
}

function assertRuns({ migration, direction }: Step): void {
  const { operations, atomic } = migration
  const key = keyOf(migration)
  const alone = atomic ? operations.find((operation) => operation.atomic === false) : undefined
  if (alone) {
    throw new MigrationError(
      `${key} is one transaction, in which '${alone.description}' cannot run. Give the migration \`atomic: false\`, or ` +
        'better: move the operation into a migration of its own that has it.',
    )
  }
  const stuck = direction === 'backwards' ? operations.find((operation) => !operation.reversible) : undefined
  if (stuck)
    throw new MigrationError(`${key} cannot be taken back: '${stuck.description}' has no way back. ${wayOut(stuck)}`)
}

function wayOut({ factory }: Operation): string {
  return factory === 'runCode' || factory === 'runSQL'
    ? 'Give it its second argument, or noop.'
    : 'Write a migration that changes the tables as you need them instead.'
}
