import type { Field } from '../../fields/field.ts'
import type { NodeBuilder } from '../build/node-builder.ts'
import { rawPieces } from '../execute/raw-pieces.ts'
import { BooleanExpression } from '../q.ts'
import type { ExpressionNode } from './node.ts'

export class RawSqlExpression<out V = unknown> extends BooleanExpression<V, never> {
  readonly text: string
  readonly params: readonly unknown[]
  readonly output: Field

  constructor(sql: string, params: readonly unknown[], output: Field) {
    super()
    this.text = sql
    this.params = params
    this.output = output
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    const pieces = rawPieces(this.text, this.params.length, 'RawSQL()')
    builder.shape += `raw${JSON.stringify(this.text)}(`
    const args = this.params.map((param) => builder.expression(builder.literal(param as never)))
    const output = builder.output(this.output)
    builder.shape += ')'
    return { type: 'raw', pieces, args, output }
  }
}
