import { partsOf } from '../build/node-traits.ts'
import { readStart } from '../build/read-path.ts'
import type { ExpressionNode } from '../expressions/node.ts'
import type { Fragment } from '../fragment.ts'
import type { Query } from '../query.ts'
import type { CompileContext } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { groupColumnsOf } from './group-columns.ts'

/** The SQL by which GROUP BY names what stands beside aggregates; what follows from the key of its rows need not be named. */
export function compileGroupColumns(context: CompileContext, nodes: readonly ExpressionNode[]): Fragment[] {
  const { query } = context
  const columns = nodes.flatMap((node) => external(query, node))
  // All columns of a row follow from its key.
  const named = query.groupBy === 'key' ? columns.filter((node) => !isOwn(node)) : columns
  return named.map((node) => compileExpression(context, node))
}

/** Notes what a condition on groups needs named, while the joins that it has taken are known. */
export function noteGroupColumns(context: CompileContext, nodes: readonly ExpressionNode[]): void {
  if (context.query.groupBy === undefined) return
  context.grouped.push(...compileGroupColumns({ ...context, lift: undefined }, nodes))
}

/** A subquery's value follows from the columns that it takes from the query around it. */
function external(query: Query, node: ExpressionNode): ExpressionNode[] {
  if (node.type === 'annotation') return external(query, node.of)
  if (node.type !== 'subquery' && node.type !== 'exists') return [node]
  return node.query.outerNames.flatMap(({ name, level }) => {
    if (level > 1) return []
    return groupColumnsOf(readStart(query, name.split('__'), `OuterRef('${name}')`).node)
  })
}

/** Whether a value is made of the columns of the query's own table alone. */
function isOwn(node: ExpressionNode): boolean {
  if (node.type === 'column') {
    const [step, ...more] = node.path.steps
    return step === undefined || (more.length === 0 && step.direct && step.toField === node.path.field)
  }
  return node.type !== 'case' && node.type !== 'condition' && node.type !== 'outer' && partsOf(node).every(isOwn)
}
