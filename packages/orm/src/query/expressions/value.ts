import type { Field } from '../../fields/field.ts'
import type { NodeBuilder } from '../build/node-builder.ts'
import { Expression } from './expression.ts'
import type { ExpressionNode } from './node.ts'
import type { Widened } from './value-types.ts'

export interface OutputOption {
  /** What the value is read and written as, where its type does not tell. Django's `output_field`. */
  readonly outputField?: Field
}

/** A value beside columns; it is bound, never pasted. */
export class ValueExpression<out V> extends Expression<V, never> {
  readonly given: V
  readonly output: Field | undefined

  constructor(value: V, options: OutputOption) {
    super()
    this.given = value
    this.output = options.outputField
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    return builder.value(this.given, this.output)
  }
}

/** A text stays itself, so that the results of `Case` are told apart. */
type TypeOfValue<V> = V extends string ? V : Widened<V>

/** A value as an expression: `Concat('name', Value(', '), 'slug')`. Django's `Value`. */
export function Value<const V>(value: V, options: OutputOption = {}): ValueExpression<TypeOfValue<V>> {
  return new ValueExpression(value as TypeOfValue<V>, options)
}
