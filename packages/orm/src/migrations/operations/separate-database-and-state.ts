import type { ProjectState } from '../state/project-state.ts'
import type { Operation, OperationContext } from './operation.ts'

export interface SeparateParts {
  /** What happens to the database, and only to it. */
  readonly database?: readonly Operation[]
  /** What the state makes of it. */
  readonly state?: readonly Operation[]
}

/** Does one thing to the database and tells the state another. Django's `SeparateDatabaseAndState`. */
export function separateDatabaseAndState(parts: SeparateParts): Operation {
  const { database = [], state = [] } = parts
  return {
    factory: 'separateDatabaseAndState',
    arguments: [parts],
    description: 'Change database and state apart',
    nameFragment: undefined,
    reversible: database.every((operation) => operation.reversible),
    ...(database.some((operation) => operation.atomic === false) ? { atomic: false } : {}),
    applyTo: (before, app) => state.reduce((current, operation) => operation.applyTo(current, app), before),
    async forwards(context) {
      let from = context.from
      for (const operation of database) {
        const to = operation.applyTo(from, context.app)
        await operation.forwards({ ...context, from, to })
        from = to
      }
    },
    async backwards(context) {
      for (const { operation, before, after } of steps(database, context).reverse()) {
        await operation.backwards({ ...context, from: after, to: before })
      }
    },
  }
}

/** The states between the operations, from the one that the way back leads to. */
function steps(operations: readonly Operation[], context: OperationContext) {
  let before: ProjectState = context.to
  return operations.map((operation) => {
    const step = { operation, before, after: operation.applyTo(before, context.app) }
    before = step.after
    return step
  })
}
