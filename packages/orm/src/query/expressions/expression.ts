import type { Decimal } from 'decimal.js'
import type { NodeBuilder } from '../build/node-builder.ts'
import type { ExpressionNode, OrderTerm } from './node.ts'
import { type Operator, operators } from './operators.ts'
import type { Needs } from './use-types.ts'
import type {
  Arithmetic,
  ArithmeticOperator,
  UsesOf,
  usesType,
  Valued,
  ValueOfOperand,
  valueType,
} from './value-types.ts'

/** Where rows without a value stand in an order; without it, where the database puts them. */
export interface NullsOptions {
  readonly nullsFirst?: boolean
  readonly nullsLast?: boolean
}

/** What an operator takes on its other side: an expression, or a value. A string is a value here, as in Python. */
export type OperandValue = Expression | string | number | bigint | boolean | object | null

/** What an operator takes beside an expression: another one, or a value. */
export type Operand =
  | Valued
  | number
  | bigint
  | Decimal
  | Temporal.PlainDate
  | Temporal.PlainTime
  | Temporal.Instant
  | Temporal.Duration

/** Two operands and what is between them, as far as types go. */
type CombinedExpression<Op extends ArithmeticOperator, V, U, X> = Expression<
  Arithmetic<Op, V, ValueOfOperand<X>>,
  U | UsesOf<X> | Needs<Arithmetic<Op, V, ValueOfOperand<X>>, 'values', Op>
>

/**
 * What a query computes, as a caller writes it: not tied to a model. A queryset resolves it with a `NodeBuilder`, which knows
 * the model, into a node. `V` is the type of its value and `U` the union of the paths it uses; both live in the types alone.
 */
export abstract class Expression<out V = unknown, out U = unknown> {
  declare readonly [valueType]: V
  declare readonly [usesType]: U

  /** Throws `FieldError` for a path that the model does not have. */
  abstract resolve(builder: NodeBuilder): ExpressionNode

  add<const X extends Operand>(other: X): CombinedExpression<'+', V, U, X> {
    return new Combined('add', this, other)
  }

  subtract<const X extends Operand>(other: X): CombinedExpression<'-', V, U, X> {
    return new Combined('subtract', this, other)
  }

  multiply<const X extends Operand>(other: X): CombinedExpression<'*', V, U, X> {
    return new Combined('multiply', this, other)
  }

  divide<const X extends Operand>(other: X): CombinedExpression<'/', V, U, X> {
    return new Combined('divide', this, other)
  }

  modulo<const X extends Operand>(other: X): CombinedExpression<'%', V, U, X> {
    return new Combined('modulo', this, other)
  }

  power<const X extends Operand>(other: X): CombinedExpression<'^', V, U, X> {
    return new Combined('power', this, other)
  }

  negate(): CombinedExpression<'*', V, U, number> {
    return new Combined('multiply', this, -1)
  }

  bitand<const X extends Operand>(other: X): CombinedExpression<'&', V, U, X> {
    return new Combined('bitand', this, other)
  }

  bitor<const X extends Operand>(other: X): CombinedExpression<'|', V, U, X> {
    return new Combined('bitor', this, other)
  }

  bitxor<const X extends Operand>(other: X): CombinedExpression<'#', V, U, X> {
    return new Combined('bitxor', this, other)
  }

  bitleftshift<const X extends Operand>(other: X): CombinedExpression<'<<', V, U, X> {
    return new Combined('bitleftshift', this, other)
  }

  bitrightshift<const X extends Operand>(other: X): CombinedExpression<'>>', V, U, X> {
    return new Combined('bitrightshift', this, other)
  }

  asc(options: NullsOptions = {}): OrderBy<U> {
    return new OrderBy(this, false, options)
  }

  desc(options: NullsOptions = {}): OrderBy<U> {
    return new OrderBy(this, true, options)
  }
}

/** Two operands and what is between them. */
export class Combined<V, U> extends Expression<V, U> {
  readonly operator: Operator
  readonly left: Expression
  readonly right: OperandValue

  constructor(operator: Operator, left: Expression, right: OperandValue) {
    super()
    this.operator = operator
    this.left = left
    this.right = right
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    return builder.call((args) => operators(this.operator, args), [this.left, builder.literal(this.right)])
  }
}

/** A term of an order: `F('title').desc({ nullsLast: true })`. */
export class OrderBy<out U = unknown> {
  declare readonly [usesType]: U
  readonly expression: Expression
  readonly descending: boolean
  readonly nulls: 'first' | 'last' | undefined

  constructor(expression: Expression, descending: boolean, options: NullsOptions) {
    if (options.nullsFirst && options.nullsLast) {
      throw new TypeError('An order takes nullsFirst or nullsLast, not both.')
    }
    this.expression = expression
    this.descending = descending
    this.nulls = options.nullsFirst ? 'first' : options.nullsLast ? 'last' : undefined
  }

  resolve(builder: NodeBuilder): OrderTerm {
    const by = builder.expression(this.expression)
    builder.shape += `${this.descending ? '-' : '+'}${this.nulls ?? ''}`
    return { descending: this.descending, nulls: this.nulls, by }
  }
}
