import type { PathError } from '../../lookups/lookup-types.ts'
import type { PartialInput } from '../../models/create-input.ts'
import type { Valued } from '../expressions/value-types.ts'
import type { RightSide } from './checked-types.ts'
import type { PathValue } from './path-types.ts'

/** What `update` takes before it is checked: any column, with a value or an expression. */
export type Assignable<F> = { readonly [K in keyof PartialInput<F>]?: PartialInput<F>[K] | Valued }

/** Each assignment, or what is wrong with it. */
export type CheckedAssignments<F, V, S> = {
  readonly [K in keyof V]: K extends keyof PartialInput<F>
    ? V[K] extends Valued
      ? RightSide<PathValue<F, K & string, S>, V[K], F, S>
      : unknown
    : PathError<`no column '${K & string}'`>
}
