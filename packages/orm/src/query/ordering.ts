import { FieldError } from '../errors.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { ExpressionNode, OrderTerm } from './expressions/node.ts'
import { columnPath } from './lookup-path.ts'
import type { NodeBuilder } from './node-builder.ts'

/** A name as `orderBy` takes it: a path, `-` in front for descending, or `'?'` for chance. Throws `FieldError`. */
export function readOrderTerm(builder: NodeBuilder, name: string): OrderTerm {
  if (name === '?') {
    builder.shape += '?'
    return { descending: false, by: 'random' }
  }
  const descending = name.startsWith('-')
  if (descending) builder.shape += '-'
  const path = descending ? name.slice(1) : name
  return { descending, by: byKey(path, builder.path(path)) }
}

/** Reads the ordering of a model, which knows nothing but its columns. Throws `FieldError`. */
export function readOrdering(meta: ModelMeta, names: readonly string[]): OrderTerm[] {
  return names.map((name) => {
    if (typeof name !== 'string') throw new FieldError(`ordering takes names, got ${String(name)}.`)
    if (name === '?') return { descending: false, by: 'random' }
    const descending = name.startsWith('-')
    const path = columnPath(meta, descending ? name.slice(1) : name, `orderBy '${name}'`)
    return { descending, by: byKey(name, { type: 'column', path, output: path.field }) }
  })
}

/** A key under its own name is that column, not the other model's ordering. */
function byKey(name: string, node: ExpressionNode): ExpressionNode {
  if (node.type !== 'column' || !/(?:^-?|__)pk$/.test(name)) return node
  return { ...node, path: { ...node.path, relation: undefined } }
}
