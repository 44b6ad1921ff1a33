import { lookups } from '../lookups/lookup.ts'
import { withColumn } from '../query/build/build-query.ts'
import { NodeBuilder } from '../query/build/node-builder.ts'
import { orderingOf } from '../query/compile/compile-ordering.ts'
import type { AnnotationNode, CallNode, WindowNode } from '../query/expressions/node.ts'
import { outputs } from '../query/expressions/output-fields.ts'
import { sqlFunction } from '../query/expressions/sql-function.ts'
import type { ColumnPath } from '../query/lookup-path.ts'
import type { Query } from '../query/query.ts'
import type { WhereCondition, WhereNode } from '../query/where.ts'

const rowNumber = sqlFunction({ name: 'ROW_NUMBER', output: outputs.integer, isWindow: true })

/** It cannot be an annotation of a caller's, whose names are identifiers. */
const numberName = ' number'

/** The rows that keys lead to: for each of the keys, those that a slice cuts out. */
export function sliceForEach(sliced: Query, path: ColumnPath, keys: readonly unknown[]): Query {
  const { low, high } = sliced
  const asked = withColumn({ ...sliced, low: 0, high: undefined }, path, keys)
  const builder = new NodeBuilder(asked, 'prefetchRelated')
  const of: CallNode = { type: 'call', fn: rowNumber, args: [], output: outputs.integer }
  const key = { type: 'column', path, output: path.field } as const
  const orderBy = orderingOf(asked, 'rows')
  const node: WindowNode = { type: 'window', of, partitionBy: [key], orderBy, frame: undefined, output: of.output }
  const number: AnnotationNode = { type: 'annotation', name: numberName, of: node, output: of.output }
  const children: WhereNode[] = []
  const compare = (name: 'gt' | 'lte', value: number): void => {
    const { operator, params } = lookups.get(name)!.compare(of.output, value)
    const at = builder.values.length
    builder.values.push(...params)
    const condition: WhereCondition = {
      type: 'condition',
      lhs: number,
      column: undefined,
      operator,
      own: undefined,
      folded: false,
      at,
      count: params.length,
      rhs: undefined,
      subquery: undefined,
    }
    children.push(condition)
  }
  if (low > 0) compare('gt', low)
  if (high !== undefined) compare('lte', high)
  const tables = path.steps.map(({ to, toField }) => `${to.label}.${toField.name}`).join('>')
  builder.shape += `each(${tables}>${path.field.name} ${low > 0} ${high !== undefined})`
  return {
    ...asked,
    ...builder.built,
    annotations: new Map(asked.annotations).set(numberName, { node, shown: false }),
    steps: [
      ...asked.steps,
      { type: 'annotation', node },
      { type: 'filter', where: { type: 'group', connector: 'AND', negated: false, children }, sticky: false },
    ],
  }
}
