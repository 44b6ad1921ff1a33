import type { Field } from '../../fields/field.ts'
import type { FieldsOf } from '../../models/model-class.ts'
import type { NodeBuilder } from '../build/node-builder.ts'
import { BooleanExpression } from '../q.ts'
import { asQuery, type QuerySource } from '../query.ts'
import type { CheckedPath, ValueAt } from '../types/path-types.ts'
import { Expression } from './expression.ts'
import type { ExpressionNode } from './node.ts'
import { outputs } from './output-fields.ts'

export class SubqueryExpression<out V = unknown> extends Expression<V, never> {
  readonly source: QuerySource
  readonly output: Field | undefined

  constructor(source: QuerySource, output: Field | undefined) {
    super()
    this.source = source
    this.output = output
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    const { query, at } = builder.subquery(this.source[asQuery](), 'value')
    const field = this.output ? builder.output(this.output) : builder.outputOfQuery(query)
    return { type: 'subquery', query, at, output: field }
  }
}

export class ExistsExpression extends BooleanExpression<boolean, never> {
  readonly source: QuerySource

  constructor(source: QuerySource) {
    super()
    this.source = source
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    const { query, at } = builder.subquery(this.source[asQuery](), 'exists')
    return { type: 'exists', query, at, output: outputs.boolean }
  }
}

export class OuterReference<const P extends string = string> extends Expression<never, never> {
  readonly path: P
  readonly level: number

  constructor(path: P, level: number) {
    super()
    this.path = path
    this.level = level
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    return builder.outer(this.path, this.level)
  }
}

/** Whether a query has a row: `filter(Exists(Book.objects.filter({ author: OuterRef('pk') })))`. Django's `Exists`. */
export function Exists(queryset: QuerySource): ExistsExpression {
  return new ExistsExpression(queryset)
}

/** A path of the query in which this one stands. `OuterRef(OuterRef('pk'))` is one of the query around that. Django's `OuterRef`. */
export function OuterRef<const P extends string>(path: P | OuterReference<P>): OuterReference<P>
/** The same with the model of the query around, so that the path is checked and its type is known: `OuterRef('born', Author)`. */
export function OuterRef<M, const P extends string>(
  path: P & CheckedPath<FieldsOf<M>, P, unknown>,
  model: M,
): Expression<ValueAt<FieldsOf<M>, P>, never>
export function OuterRef(path: string | OuterReference): OuterReference {
  return typeof path === 'string' ? new OuterReference(path, 1) : new OuterReference(path.path, path.level + 1)
}
