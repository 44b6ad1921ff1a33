import type { NodeBuilder } from '../build/node-builder.ts'
import { Expression, type OperandValue } from './expression.ts'
import type { ExpressionNode } from './node.ts'
import type { SqlFunction } from './sql-function.ts'

/** A call: strings among the arguments are paths, other values are bound. Django's `Func`. */
export class FunctionCall<out V = unknown, out U = unknown> extends Expression<V, U> {
  readonly fn: SqlFunction | ((args: readonly ExpressionNode[]) => SqlFunction)
  readonly args: readonly OperandValue[]

  constructor(fn: FunctionCall['fn'], args: readonly OperandValue[]) {
    super()
    this.fn = fn
    this.args = args
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    return builder.call(this.fn, this.args)
  }
}
