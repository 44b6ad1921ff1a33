import { FieldError } from '../../errors.ts'
import type { NodeBuilder } from '../build/node-builder.ts'
import type { BooleanExpression, Conditions } from '../q.ts'
import { Expression, type OperandValue, type OrderBy } from './expression.ts'
import type { AggregateNode, ExpressionNode } from './node.ts'
import type { SqlFunction } from './sql-function.ts'

export interface AggregateOptions {
  /** Each value once. */
  readonly distinct?: boolean
  /** Only the rows that answer: `Count('books', { filter: Q({ books__pages__gt: 300 }) })`. */
  readonly filter?: BooleanExpression | Conditions
  /** What an aggregate of no rows gives in place of `null`. */
  readonly default?: OperandValue
  /** The order in which values are put together; for aggregates whose result shows it. */
  readonly orderBy?: string | OrderBy | readonly (string | OrderBy | Expression)[]
}

/** A value computed of many rows. `V` says what it gives, `P` is the union of the paths it uses. Django's `Aggregate`. */
export class Aggregate<out V = unknown, out P = unknown> extends Expression<V, P> {
  readonly fn: SqlFunction | ((args: readonly ExpressionNode[]) => SqlFunction)
  readonly args: readonly OperandValue[]
  readonly options: AggregateOptions

  constructor(fn: Aggregate['fn'], args: readonly OperandValue[], options: AggregateOptions) {
    super()
    this.fn = fn
    this.args = args
    this.options = options
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    const node = this.resolveAggregate(builder)
    const fallback = this.options.default
    if (fallback === undefined || fallback === null) return node
    return builder.withDefault(node, fallback)
  }

  /** Without what stands in for no rows: what a window takes. */
  resolveAggregate(builder: NodeBuilder): AggregateNode {
    const { distinct = false, filter, orderBy } = this.options
    const args = builder.arguments(this.args)
    const fn = typeof this.fn === 'function' ? this.fn(args) : this.fn
    for (const arg of args) {
      if (builder.isAggregated(arg)) {
        throw new FieldError(
          `${fn.name}() cannot be computed of another aggregate: use aggregate() over the annotation.`,
        )
      }
    }
    builder.shape += `#${fn.id}${distinct ? ' distinct' : ''}(`
    const where = filter === undefined ? undefined : builder.where(filter)
    const order = orderBy === undefined ? [] : builder.ordering(Array.isArray(orderBy) ? orderBy : [orderBy])
    builder.shape += ')'
    return { type: 'aggregate', fn, args, distinct, filter: where, orderBy: order, output: fn.output(args) }
  }
}
