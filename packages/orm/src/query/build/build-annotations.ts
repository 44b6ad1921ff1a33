import { FieldError } from '../../errors.ts'
import { groupColumnsOf } from '../compile/group-columns.ts'
import type { Expression } from '../expressions/expression.ts'
import type { ExpressionNode } from '../expressions/node.ts'
import type { Annotation, Query, SelectedValue } from '../query.ts'
import { FilteredRelationRequest, resolveFilteredRelation } from './filtered-relation.ts'
import { NodeBuilder } from './node-builder.ts'
import { traitsOf } from './node-traits.ts'
import { refuseCompound, refuseSlice } from './query-state.ts'

const annotationName = /^[\p{ID_Start}_]\p{ID_Continue}*$/u

/** Throws `FieldError` for a name that could be a path, or anything but a name: a `$` begins a quoted text in PostgreSQL. */
export function checkName(name: string): void {
  if (annotationName.test(name) && !name.includes('__')) return
  throw new FieldError(`An annotation's name must be an identifier without '__', got '${name}'.`)
}

/** The same, and for the name of a field. */
function checkAnnotationName(query: Query, name: string): void {
  checkName(name)
  const isTaken = query.selected
    ? query.selected.some((value) => value.name === name) && !query.annotations.has(name)
    : undefined
  if (isTaken ?? query.meta.member(name)) {
    throw new FieldError(`The annotation '${name}' conflicts with a field of ${query.meta.name}: choose another name.`)
  }
}

/** Computed values beside the columns; after `values`, an aggregate groups by what was selected. */
export function withAnnotations(
  query: Query,
  expressions: Readonly<Record<string, Expression | FilteredRelationRequest>>,
  doing: 'annotate' | 'alias' | 'values',
): Query {
  if (doing !== 'values') refuseSlice(query, doing)
  refuseCompound(query, doing)
  let next = query
  let aggregated = false
  for (const [name, expression] of Object.entries(expressions)) {
    checkAnnotationName(query, name)
    if (expression instanceof FilteredRelationRequest) {
      next = resolveFilteredRelation(next, name, expression)
      continue
    }
    const builder = new NodeBuilder(next, doing)
    builder.shape += `a(${name}=`
    const node = builder.expression(expression)
    builder.shape += doing === 'alias' ? ')hidden' : ')'
    aggregated ||= traitsOf(node).aggregate
    next = annotated(next, builder, name, { node, shown: doing !== 'alias' })
  }
  return aggregated ? { ...next, groupBy: groupOf(next) } : next
}

function annotated(query: Query, builder: NodeBuilder, name: string, annotation: Annotation): Query {
  const { node, shown } = annotation
  const kept = query.selected?.filter((value) => value.name !== name)
  const value: SelectedValue = { name, node: { type: 'annotation', name, of: node, output: node.output } }
  return {
    ...query,
    ...builder.built,
    annotations: new Map([...query.annotations].filter(([other]) => other !== name)).set(name, annotation),
    selected: shown ? kept && [...kept, value] : kept,
    steps: [...query.steps, { type: 'annotation', node }],
  }
}

/** Rows that are instances are grouped by their key, others by what they show. */
function groupOf(query: Query): readonly ExpressionNode[] | 'key' {
  if (query.selected === undefined) return 'key'
  return query.selected.flatMap(({ node }) =>
    traitsOf(node).aggregate ? groupColumnsOf(node) : node.type === 'value' ? [] : [node],
  )
}
