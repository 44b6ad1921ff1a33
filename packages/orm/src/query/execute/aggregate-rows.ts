import type { Database } from '../../backends/database.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import { FieldError } from '../../errors.ts'
import { checkName } from '../build/build-annotations.ts'
import { NodeBuilder } from '../build/node-builder.ts'
import { traitsOf } from '../build/node-traits.ts'
import { refuseCompound, refuseOuter } from '../build/query-state.ts'
import { compileAggregates } from '../compile/compile-select.ts'
import type { Expression } from '../expressions/expression.ts'
import { isSliced, type Query, type SelectedValue } from '../query.ts'
import { columnDecoder } from './row-reader.ts'
import { compiledOnce, parametersOf, statementOf } from './select.ts'

/** Values computed of all rows of a query. One may use another of the same call by its name. Django's `aggregate`. */
export async function aggregateRows(
  query: Query,
  expressions: Readonly<Record<string, Expression>>,
  db: Database,
): Promise<Record<string, unknown>> {
  refuseOuter(query)
  refuseCompound(query, 'aggregate')
  if (query.distinctOn.length > 0) throw new FieldError('aggregate() after distinct() with names is not supported.')
  const { values, shape, aggregates } = resolve(query, expressions)
  if (aggregates.length === 0) return {}
  const slice = isSliced(query) ? ` ${query.low}-${query.high ?? ''}` : ''
  const { statement, bigints } = compiledOnce(query.meta, db.vendor, `aggregate${slice}`, shape, () => {
    const operations = operationsFor(db.vendor)
    const bigints = aggregates.some(({ node }) => node.output.readsBigints)
    return { statement: statementOf(operations, compileAggregates(query, operations, aggregates), bigints), bigints }
  })
  const [row] = await db.all(statement.statement, parametersOf(statement, values))
  const result: Record<string, unknown> = {}
  for (const [index, { name, node }] of aggregates.entries()) {
    const cell = row![index]
    const decode = columnDecoder(node.output, bigints)
    result[name] = cell === null || decode === null ? cell : decode(cell as never)
  }
  return result
}

function resolve(
  query: Query,
  expressions: Readonly<Record<string, Expression>>,
): { readonly values: Query['values']; readonly shape: string; readonly aggregates: readonly SelectedValue[] } {
  let next = query
  const aggregates: SelectedValue[] = []
  for (const [name, expression] of Object.entries(expressions)) {
    checkName(name)
    const builder = new NodeBuilder(next, 'aggregate')
    builder.shape += `g(${name}=`
    const node = builder.expression(expression)
    builder.shape += ')'
    if (!traitsOf(node).aggregate) throw new FieldError(`aggregate() takes aggregates; '${name}' is none.`)
    if (traitsOf(node).window) throw new FieldError(`aggregate() takes no window function (in '${name}').`)
    aggregates.push({ name, node })
    next = { ...next, ...builder.built }
    // A result may be called as a field; in what comes after it, the name is the field's.
    if (query.meta.member(name)) continue
    const annotations = new Map(next.annotations).set(name, { node, shown: false, inline: true })
    next = { ...next, annotations }
  }
  return { values: next.values, shape: next.shape, aggregates }
}
