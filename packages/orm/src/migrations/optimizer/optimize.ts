import type { Operation } from '../operations/operation.ts'
import { canSwap } from './can-swap.ts'
import { effectOf } from './effect.ts'
import { concernSame, fold, type KnownStep, type Step } from './fold.ts'

/**
 * The operations of a migration of `app` with those folded that come to less: a model is made with the fields that it gets
 * later, what comes and goes is left out. The state after them is the same, and so are the rows of a database that has some.
 * Nothing is folded across an operation that may do anything, such as code or SQL. Django's `MigrationOptimizer`.
 */
export function optimize(operations: readonly Operation[], app: string): Operation[] {
  let steps: readonly Step[] = operations.map((operation) => stepOf(operation, app))
  for (;;) {
    const folded: Step[] = []
    for (const step of steps) append(folded, step, app)
    if (folded.length === steps.length) return folded.map(({ operation }) => operation)
    steps = folded
  }
}

function stepOf(operation: Operation, app: string): Step {
  return { operation, effect: effectOf(operation, app) }
}

/** Puts a step at the end, or folds it into one that is there. */
function append(steps: Step[], step: Step, app: string): void {
  if (isKnown(step)) {
    const between: KnownStep[] = []
    for (let position = steps.length - 1; position >= 0; position--) {
      const earlier = steps[position]!
      if (!isKnown(earlier)) break
      const place = concernSame(earlier, step, app) ? meetingPlace(earlier, between, step) : undefined
      const result = place === undefined ? undefined : fold(earlier, step, app)
      if (result) {
        const folded = result.map((operation) => stepOf(operation, app))
        steps.splice(position, Number.POSITIVE_INFINITY, ...between.slice(0, place), ...folded, ...between.slice(place))
        return
      }
      between.unshift(earlier)
    }
  }
  steps.push(step)
}

function isKnown(step: Step): step is KnownStep {
  return step.effect !== undefined
}

/**
 * Where among the steps between them two can stand beside each other: the later moves ahead as far as it can, the earlier
 * must come the rest of the way. `undefined` where they cannot meet.
 */
function meetingPlace(earlier: KnownStep, between: readonly KnownStep[], later: KnownStep): number | undefined {
  const stop = between.findLastIndex(({ effect }) => !canSwap(effect, later.effect)) + 1
  // The place of what is taken away among others of its kind does not matter.
  const keepsOrder = !/^(remove|delete)/.test(later.effect.kind)
  const passes = between.slice(0, stop).every(({ effect }) => canSwap(earlier.effect, effect, keepsOrder))
  return passes ? stop : undefined
}
