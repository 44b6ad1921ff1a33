import { FieldError } from '../../errors.ts'
import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import type { Transform } from '../../lookups/transform.ts'
import type { ExpressionNode } from '../expressions/node.ts'
import { type ColumnPath, namesOf, readTransforms, unknownName, walk, walkFrom } from '../lookup-path.ts'
import type { Query } from '../query.ts'
import { compositeValue } from './composite-value.ts'
import type { NodeBuilder } from './node-builder.ts'

/** What a path starts with: an annotation, or joins and a column; `rest` are transforms and lookups. */
export interface PathStart {
  readonly node: ExpressionNode
  /** Nothing for an annotation. */
  readonly column: ColumnPath | undefined
  readonly rest: readonly string[]
}

/** Reads a path as far as it leads to a column or an annotation. Throws `FieldError`. */
export function readStart(query: Query, names: readonly string[], where: string): PathStart {
  const [first, ...rest] = names as [string, ...string[]]
  const annotation = query.annotations.get(first)
  if (annotation) {
    const { node, inline } = annotation
    if (inline) return { node, column: undefined, rest }
    return { node: { type: 'annotation', name: first, of: node, output: node.output }, column: undefined, rest }
  }
  const known = walkFiltered(query, names, where) ?? walkOwn(query, names, where)
  const { path } = known
  return { node: { type: 'column', path, output: path.field }, column: path, rest: known.rest }
}

function walkFiltered(query: Query, names: readonly string[], where: string): ReturnType<typeof walk> | undefined {
  for (const [name, { target, steps }] of query.filteredRelations) {
    const own = name.split('__')
    if (own.every((part, index) => part === names[index]))
      return walkFrom(target, steps, names.slice(own.length), where)
  }
  return undefined
}

function walkOwn(query: Query, names: readonly string[], where: string): ReturnType<typeof walk> {
  const [first] = names as [string]
  if (query.meta.member(first) === undefined) {
    throw unknownName(query.meta, first, where, [...query.annotations.keys(), ...query.filteredRelations.keys()])
  }
  return walk(query.meta, names, where)
}

/** The column, part of one or annotation that a path names. Throws `FieldError`. */
export function readPath(builder: NodeBuilder, path: string, doing: string): ExpressionNode {
  const where = `${doing} '${String(path)}'`
  const { node, column, rest } = readStart(builder.query, namesOf(path, where), where)
  if (column?.field instanceof CompositeKeyField && rest.length === 0) return compositeValue(column, column.field)
  if (rest.length === 0) return node
  const start = column ?? { steps: [], field: node.output, relation: undefined }
  return transformed(builder, node, readTransforms(start, rest, where))
}

/** The same where no query is being built any more, so that no transform may bring values. */
export function walkTransforms(
  node: ExpressionNode,
  column: ColumnPath | undefined,
  names: readonly string[],
  where: string,
): ExpressionNode {
  const transforms = readTransforms(column ?? { steps: [], field: node.output, relation: undefined }, names, where)
  return transforms.reduce<ExpressionNode>((result, { name, fn, output, values }) => {
    if (values)
      throw new FieldError(`'${name}' cannot be read here (in ${where}): annotate it, and name the annotation.`)
    return { type: 'call', fn, args: [result], output }
  }, node)
}

export function transformed(
  builder: NodeBuilder,
  node: ExpressionNode,
  transforms: readonly Transform[],
): ExpressionNode {
  let result = node
  for (const { fn, output, values } of transforms) {
    const more = values ? values.map((value) => builder.value(value)) : []
    result = { type: 'call', fn, args: [result, ...more], output }
  }
  return result
}
