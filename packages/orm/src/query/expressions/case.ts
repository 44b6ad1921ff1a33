import { FieldError } from '../../errors.ts'
import type { Field } from '../../fields/field.ts'
import type { NodeBuilder } from '../build/node-builder.ts'
import type { BooleanExpression, Conditions } from '../q.ts'
import { Expression, type OperandValue } from './expression.ts'
import type { CaseNode, ExpressionNode } from './node.ts'
import { commonOutput } from './output-of.ts'
import type { usesType, valueType } from './value-types.ts'

/** One branch of `Case`. */
export class WhenBranch<out V = unknown, out U = unknown> {
  declare readonly [valueType]: V
  declare readonly [usesType]: U
  readonly condition: BooleanExpression | Conditions
  readonly result: OperandValue

  constructor(condition: BooleanExpression | Conditions, result: OperandValue) {
    this.condition = condition
    this.result = result
  }
}

export interface CaseOptions {
  /** What is given where no branch answers; without it, `null`. A string is a path. */
  readonly default?: OperandValue
  readonly outputField?: Field
}

export class CaseExpression<out V = unknown, out U = unknown> extends Expression<V, U> {
  readonly branches: readonly WhenBranch[]
  readonly options: CaseOptions

  constructor(branches: readonly WhenBranch[], options: CaseOptions) {
    super()
    this.branches = branches
    this.options = options
  }

  resolve(builder: NodeBuilder): CaseNode {
    const { default: fallback } = this.options
    builder.shape += 'case('
    const branches = this.branches.map(({ condition, result }) => {
      const when = builder.where(condition)
      if (when.children.length === 0) throw new FieldError('When() takes a condition that is not empty.')
      return { when, then: builder.argument(result) }
    })
    builder.shape += ')else('
    const otherwise = fallback === undefined ? undefined : builder.argument(fallback)
    builder.shape += ')'
    const results: ExpressionNode[] = [...branches.map(({ then }) => then), ...(otherwise ? [otherwise] : [])]
    const output = this.options.outputField ? builder.output(this.options.outputField) : commonOutput(results, 'Case()')
    return { type: 'case', branches, otherwise, output }
  }
}
