import type { NodeBuilder } from './build/node-builder.ts'
import { Expression } from './expressions/expression.ts'
import type { ExpressionNode } from './expressions/node.ts'
import type { Where } from './expressions/use-types.ts'
import type { usesType, Valued } from './expressions/value-types.ts'

/** Conditions as `filter` takes them: paths and their values. */
export type Conditions = Readonly<Record<string, unknown>>

export type Connector = 'AND' | 'OR' | 'XOR'

/** What stands in a condition: paths and values, or an expression that is true or false. */
export type ConditionPart = Expression | Conditions

/** What a part of a condition uses, as far as types go. */
export type PartUses<W> = W extends Valued ? W[typeof usesType] : Where<W>

/** An expression that is true or false, and so can be joined with others and filtered by. */
export abstract class BooleanExpression<out V = boolean, out U = unknown> extends Expression<V, U> {
  and<const W extends object>(other: W): Condition<U | PartUses<W>> {
    return combine('AND', this, other)
  }

  or<const W extends object>(other: W): Condition<U | PartUses<W>> {
    return combine('OR', this, other)
  }

  /** An odd number of them holds. */
  xor<const W extends object>(other: W): Condition<U | PartUses<W>> {
    return combine('XOR', this, other)
  }

  not(): Condition<U> {
    return new Condition<U>('AND', [this], true)
  }
}

/**
 * Conditions joined by and, or, xor and not. `U` is the union of all that is in it, checked against the model where it is
 * used.
 */
export class Condition<out U = unknown> extends BooleanExpression<boolean, U> {
  readonly connector: Connector
  readonly negated: boolean
  readonly children: readonly ConditionPart[]

  constructor(connector: Connector, children: readonly ConditionPart[], negated = false) {
    super()
    this.connector = connector
    this.children = children
    this.negated = negated
  }

  override not(): Condition<U> {
    return new Condition<U>(this.connector, this.children, !this.negated)
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    return builder.condition(this)
  }
}

function combine<U>(connector: Connector, left: Expression, right: object): Condition<U> {
  const flat = left instanceof Condition && left.connector === connector && !left.negated
  return new Condition(connector, [...(flat ? left.children : [left]), right as ConditionPart])
}

/** The type of `Q(…)`. */
export type Q<U = unknown> = Condition<U>

/**
 * Conditions that can be joined: `Q({ isDraft: false }).or({ author: me })`, `Q({ … }).not()`. An expression that is true or
 * false is one too: `Q(Exists(…))`. Django's `Q`.
 */
export function Q<const W extends object>(conditions: W): Condition<PartUses<W>> {
  return conditions instanceof Condition ? conditions : new Condition('AND', [conditions as ConditionPart])
}
