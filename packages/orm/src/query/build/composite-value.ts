import type { CompositeKeyField } from '../../fields/composite-key-field.ts'
import { jsonList } from '../expressions/json-list.ts'
import type { ExpressionNode } from '../expressions/node.ts'
import type { ColumnPath } from '../lookup-path.ts'

/** The value of a key of several fields in a query: one JSON list, which the field reads. */
export function compositeValue(path: ColumnPath, key: CompositeKeyField): ExpressionNode {
  const args = key.parts.map((field): ExpressionNode => {
    return { type: 'column', path: { ...path, field, relation: undefined }, output: field }
  })
  return { type: 'call', fn: jsonList, args, output: key }
}
