import { type Fragment, fragment, join, sql, wrap } from '../fragment.ts'
import { isSliced } from '../query.ts'
import type { CompileContext } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { compileGrouping } from './compile-grouping.ts'
import { compileLock } from './compile-lock.ts'
import { compileOrdering, type OrderSql, orderingOf } from './compile-ordering.ts'
import type { Clauses } from './compile-where.ts'
import type { Outside } from './outside.ts'
import type { CompiledSelect, List, Selection } from './select-list.ts'

/** Puts the clauses of a SELECT together, in the order of their text. */
export function putTogether(
  context: CompileContext,
  selection: Selection,
  list: List,
  clauses: Clauses,
  outside: Outside,
): CompiledSelect {
  return clauses.qualify
    ? qualified(context, selection, list, clauses, outside)
    : plain(context, selection, list, clauses)
}

function plain(context: CompileContext, selection: Selection, list: List, clauses: Clauses): CompiledSelect {
  const { query, joins } = context
  const order = compileOrdering(context, orderingOf(query, selection))
  const group = compileGrouping(context, list, order)
  // What a distinct result is ordered by must be in it.
  const by = query.distinct && query.distinctOn.length === 0 ? order.flatMap((term) => term.by ?? []) : []
  const unseen = by.filter((each) => !list.parts.some((part) => part.sql === each.sql))
  const isCounted = selection === 'count' && query.groupBy === undefined && !query.distinct && !isSliced(query)
  const chosen = isCounted ? [fragment('COUNT(*)')] : [...named(context, list), ...unseen]
  const distinct = compileDistinct(context)
  const select = sql`SELECT ${distinct}${join(chosen, ', ')} FROM ${joins.from(context)}`
  const text = join([select, ...filtered(clauses, group), ...ordered(order)], '')
  const after = query.lock && selection === 'rows' ? compileLock(context, query.lock) : undefined
  return { sql: text, after, columns: list.columns, isCounted }
}

/** Conditions on windows are asked of the rows that a SELECT inside gives. */
function qualified(
  context: CompileContext,
  selection: Selection,
  list: List,
  clauses: Clauses,
  outside: Outside,
): CompiledSelect {
  const { query, joins } = context
  const around = { ...context, lift: outside }
  const parts = list.parts.map((part) => outside.column(part))
  const order = compileOrdering(around, orderingOf(query, selection))
  const distinct = compileDistinct(around)
  const group = compileGrouping(context, list, order)
  const inside = join([sql`SELECT ${outside.list} FROM ${joins.from(context)}`, ...filtered(clauses, group)], '')
  const chosen = join(named(context, { ...list, parts }), ', ')
  const select = sql`SELECT ${distinct}${chosen} FROM (${inside}) ${outside.name} WHERE ${clauses.qualify!}`
  return { sql: join([select, ...ordered(order)], ''), after: undefined, columns: list.columns, isCounted: false }
}

function filtered({ where, having }: Clauses, group: readonly Fragment[]): Fragment[] {
  const parts: Fragment[] = []
  if (where) parts.push(wrap(' WHERE ', where, ''))
  if (group.length > 0) parts.push(wrap(' GROUP BY ', join(group, ', '), ''))
  if (having) parts.push(wrap(' HAVING ', having, ''))
  return parts
}

function ordered(order: readonly OrderSql[]): Fragment[] {
  if (order.length === 0) return []
  const terms = order.map((term) => term.sql)
  return [wrap(' ORDER BY ', join(terms, ', '), '')]
}

function named({ operations }: CompileContext, { parts, names }: List): readonly Fragment[] {
  if (!names) return parts
  return parts.map((part, index) => sql`${part} AS ${fragment(operations.quote(names[index]!))}`)
}

function compileDistinct(context: CompileContext): Fragment {
  const { distinct, distinctOn } = context.query
  if (!distinct) return fragment('')
  if (distinctOn.length === 0) return fragment('DISTINCT ')
  const columns = distinctOn.map((node) => compileExpression(context, node))
  const binds = columns.flatMap((column) => column.binds)
  return fragment(context.operations.distinctOn(columns.map((column) => column.sql)), binds)
}
