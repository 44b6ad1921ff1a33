import { FieldError } from '../../errors.ts'
import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { ExpressionNode, OrderTerm } from '../expressions/node.ts'
import { columnPath } from '../lookup-path.ts'
import type { NodeBuilder } from './node-builder.ts'

/** A name as `orderBy` takes it: a path, `-` in front for descending, or `'?'` for chance. Throws `FieldError`. */
export function readOrderTerms(builder: NodeBuilder, name: string): OrderTerm[] {
  return partsOfKey(builder.query.meta, name).map((each) => readOrderTerm(builder, each))
}

/** The names that an order by a key of several fields comes to; any other name is itself. */
function partsOfKey(meta: ModelMeta, name: string): readonly string[] {
  const [whole, sign = '', prefix = ''] = keyName.exec(name) ?? []
  if (whole === undefined) return [name]
  const { field } = columnPath(meta, name.slice(sign.length), `orderBy '${name}'`)
  if (!(field instanceof CompositeKeyField)) return [name]
  return field.parts.map((part) => sign + prefix + part.attribute)
}

/** A path that ends with `pk`, with the sign and the way to it. */
const keyName = /^(-?)((?:\w+__)?)pk$/

function readOrderTerm(builder: NodeBuilder, name: string): OrderTerm {
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
  return names
    .flatMap((given) => (typeof given === 'string' ? partsOfKey(meta, given) : [given]))
    .map((name) => {
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
