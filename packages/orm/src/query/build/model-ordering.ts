import { FieldError } from '../../errors.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { JoinStep } from '../compile/join-step.ts'
import { OrderBy } from '../expressions/expression.ts'
import type { ExpressionNode, OrderTerm } from '../expressions/node.ts'
import { rootQuery } from '../query.ts'
import { NodeBuilder } from './node-builder.ts'
import { readOrdering } from './ordering.ts'

const known = new WeakMap<ModelMeta, readonly OrderTerm[]>()

/** The order that a model declares. Throws `FieldError` for a path that is none, and for values: they would belong to no query. */
export function modelOrdering(meta: ModelMeta): readonly OrderTerm[] {
  let terms = known.get(meta)
  if (!terms) {
    terms = meta.ordering.flatMap((term) => {
      if (typeof term === 'string') return readOrdering(meta, [term])
      const builder = new NodeBuilder(rootQuery(meta.model), 'ordering')
      const read = term instanceof OrderBy ? term.resolve(builder) : { descending: false, by: builder.expression(term) }
      if (builder.values.length === 0) return [read]
      throw new FieldError(
        `The ordering of ${meta.name} has a value in an expression: it takes paths and functions of them.`,
      )
    })
    known.set(meta, terms)
  }
  return terms
}

/** What a term orders by, reached over a relation. */
export function overRelation(steps: readonly JoinStep[], by: OrderTerm['by']): OrderTerm['by'] {
  return typeof by === 'string' ? by : nodeOver(steps, by)
}

function nodeOver(steps: readonly JoinStep[], node: ExpressionNode): ExpressionNode {
  if (node.type === 'column') return { ...node, path: { ...node.path, steps: [...steps, ...node.path.steps] } }
  if (node.type === 'call') return { ...node, args: node.args.map((arg) => nodeOver(steps, arg)) }
  throw new FieldError('An ordering that is followed over a relation takes paths and functions of them alone.')
}
