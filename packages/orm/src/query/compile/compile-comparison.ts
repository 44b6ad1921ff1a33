import { placeholder } from '../../backends/operations.ts'
import { type Bind, type Fragment, fragment, sql, wrap } from '../fragment.ts'
import type { WhereCondition } from '../where.ts'
import type { CompileContext } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'

/** A left side and what it is compared with. The two may stand in different SELECTs. */
export function compileComparison(left: CompileContext, right: CompileContext, condition: WhereCondition): Fragment {
  const { lhs: node, operator, own, count, folded } = condition
  const { operations } = left
  const lhs = compileExpression(left, node)
  // What nothing answers is said without the column, and so without its values; but its tables are joined, as Django's are.
  if (operator === 'never')
    return fragment(operations.comparison({ operator, lhs: '', kind: 'text', count, folded }).sql)
  if (condition.subquery && operator === 'in') {
    return sql`${lhs} IN (${right.compilers.subquery(right, condition.subquery, condition.at, 'in')})`
  }
  const rhs = otherSide(right, condition)
  const at = condition.at + right.offset
  if (own) {
    const values =
      rhs ?? Array.from({ length: count }, (_, n) => fragment(placeholder, [{ at: at + n, map: undefined }]))
    return own({ lhs, field: node.output, isColumn: node.type === 'column', rhs: values, operations })
  }
  const { kind } = node.output
  const computed = node.type !== 'column'
  if (rhs) {
    const { sql: text } = operations.comparison({
      operator,
      lhs: lhs.sql,
      kind,
      computed,
      count: rhs.length,
      folded: false,
      rhs: rhs.map((each) => each.sql),
    })
    return fragment(text, [...lhs.binds, ...rhs.flatMap(({ binds }) => binds)])
  }
  const { sql: text, map, list } = operations.comparison({ operator, lhs: lhs.sql, kind, computed, count, folded })
  const values: Bind[] = list ? [{ at, count, list }] : Array.from({ length: count }, (_, n) => ({ at: at + n, map }))
  return fragment(text, [...lhs.binds, ...values])
}

function otherSide(context: CompileContext, { rhs, subquery, at }: WhereCondition): Fragment[] | undefined {
  if (rhs) return rhs.map((node) => compileExpression(context, node))
  if (!subquery) return undefined
  const value = wrap('(', context.compilers.subquery({ ...context, lift: undefined }, subquery, at, 'value'), ')')
  return [context.lift ? context.lift.column(value) : value]
}
