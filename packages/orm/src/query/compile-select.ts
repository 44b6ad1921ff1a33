import { type Operations, placeholder } from '../backends/operations.ts'
import { compileCompound } from './compile-compound.ts'
import type { CompileContext, Compilers } from './compile-context.ts'
import { compileAnnotation, compileExpression } from './compile-expression.ts'
import { compileGrouping } from './compile-grouping.ts'
import { compileLock } from './compile-lock.ts'
import { compileOrdering, compileTerms, orderingOf } from './compile-ordering.ts'
import { type Clauses, compileConditionValue, compileFilter } from './compile-where.ts'
import { type Fragment, fragment, join, sql, wrap } from './fragment.ts'
import { Joins } from './joins.ts'
import { Outside } from './outside.ts'
import { isSliced, type Query } from './query.ts'
import { type CompiledSelect, compileList, type List, type Selection } from './select-list.ts'

/** Compiles a query to SELECT, without its slice. `outer` is where it stands, if that is another query. */
export function compileSelect(
  query: Query,
  operations: Operations,
  selection: Selection,
  outer?: CompileContext,
  offset = 0,
): CompiledSelect {
  if (query.compound) {
    return compileCompound(query, query.compound, selection, operations, (part, at, chosen) => {
      const select = compileSelect(part, operations, chosen, outer, offset + at)
      return { text: sliced(part, operations, select), columns: select.columns }
    })
  }
  const outside = new Outside(operations)
  const context = { ...contextOf(query, operations, outer, offset), around: outside }
  const clauses = compileSteps(context)
  const list = compileList(context, selection)
  return clauses.qualify
    ? qualified(context, selection, list, clauses, outside)
    : plain(context, selection, list, clauses)
}

function contextOf(
  query: Query,
  operations: Operations,
  outer: CompileContext | undefined,
  offset: number,
): CompileContext {
  return {
    operations,
    vendor: operations.vendor,
    compilers,
    query,
    joins: new Joins(query.meta, operations, outer?.joins.taken),
    offset,
    outer,
    reusable: undefined,
    used: undefined,
    annotations: new Map(),
    lift: undefined,
    around: undefined,
  }
}

/** Where expressions of UPDATE stand: among the columns of the query's own table. */
export function updateContext(query: Query, operations: Operations): CompileContext {
  return contextOf(query, operations, undefined, 0)
}

function plain(context: CompileContext, selection: Selection, list: List, clauses: Clauses): CompiledSelect {
  const { query } = context
  const terms = orderingOf(query, selection)
  const order = compileOrdering(context, terms)
  const group = compileGrouping(context, list, order, clauses)
  // What a distinct result is ordered by must be in it.
  const extra = query.distinct && query.distinctOn.length === 0 ? order.flatMap(({ by }) => by ?? []) : []
  const unseen = extra.filter((by) => !list.parts.some((part) => part.sql === by.sql))
  const isCounted = selection === 'count' && group.length === 0 && !query.distinct && !isSliced(query)
  const chosen = isCounted ? [fragment('COUNT(*)')] : [...list.parts, ...unseen]
  const parts = [sql`SELECT ${compileDistinct(context)}${join(chosen, ', ')} FROM ${context.joins.from(context)}`]
  if (clauses.where) parts.push(wrap(' WHERE ', clauses.where, ''))
  if (group.length > 0) parts.push(wrap(' GROUP BY ', join(group, ', '), ''))
  if (clauses.having) parts.push(wrap(' HAVING ', clauses.having, ''))
  if (order.length > 0)
    parts.push(
      wrap(
        ' ORDER BY ',
        join(
          order.map((term) => term.sql),
          ', ',
        ),
        '',
      ),
    )
  const lock = query.lock && selection === 'rows' ? compileLock(context, query.lock) : undefined
  return { sql: join(parts, ''), after: lock, columns: list.columns, isCounted }
}

/** Conditions on windows are asked of the rows that a SELECT inside gives. */
function qualified(
  context: CompileContext,
  selection: Selection,
  list: List,
  clauses: Clauses,
  outside: Outside,
): CompiledSelect {
  const { query } = context
  const chosen = list.parts.map((part) => outside.column(part))
  const order = compileOrdering({ ...context, lift: outside }, orderingOf(query, selection))
  const group = compileGrouping(context, list, order, clauses)
  const inside = [sql`SELECT ${outside.list} FROM ${context.joins.from(context)}`]
  if (clauses.where) inside.push(wrap(' WHERE ', clauses.where, ''))
  if (group.length > 0) inside.push(wrap(' GROUP BY ', join(group, ', '), ''))
  if (clauses.having) inside.push(wrap(' HAVING ', clauses.having, ''))
  const distinct = compileDistinct({ ...context, lift: outside })
  const parts = [
    sql`SELECT ${distinct}${join(chosen, ', ')} FROM (${join(inside, '')}) ${outside.name} WHERE ${clauses.qualify!}`,
  ]
  if (order.length > 0)
    parts.push(
      wrap(
        ' ORDER BY ',
        join(
          order.map((term) => term.sql),
          ', ',
        ),
        '',
      ),
    )
  return { sql: join(parts, ''), after: undefined, columns: list.columns, isCounted: false }
}

function compileDistinct(context: CompileContext): Fragment {
  const { distinct, distinctOn } = context.query
  if (!distinct) return fragment('')
  if (distinctOn.length === 0) return fragment('DISTINCT ')
  const columns = distinctOn.map((node) => compileExpression(context, node))
  const text = context.operations.distinctOn(columns.map((column) => column.sql))
  return fragment(
    text,
    columns.flatMap(({ binds }) => binds),
  )
}

/** Filters and annotations, in the order they were asked for. */
function compileSteps(context: CompileContext): Clauses {
  const parts: Record<keyof Clauses, Fragment[]> = { where: [], having: [], qualify: [] }
  let reusable = new Set<string>()
  for (const step of context.query.steps) {
    if (step.type === 'annotation') {
      compileAnnotation(context, step.node)
      continue
    }
    const clauses = compileFilter({ ...context, reusable }, step.where)
    for (const each of Object.keys(clauses) as (keyof Clauses)[]) parts[each].push(clauses[each]!)
    if (!step.sticky) reusable = new Set()
  }
  if (context.query.empty) parts.where.push(never(context))
  const all: { -readonly [K in keyof Clauses]: Fragment } = {}
  for (const each of Object.keys(parts) as (keyof Clauses)[]) {
    if (parts[each].length > 0) all[each] = join(parts[each], ' AND ')
  }
  return all
}

function never({ operations }: CompileContext): Fragment {
  return fragment(operations.comparison({ operator: 'never', lhs: '', kind: 'text', count: 0, folded: false }).sql)
}

/** A query inside another. Its slice is part of its shape, so the numbers stand in the text. */
function compileSubquery(context: CompileContext, query: Query, at: number, use: 'value' | 'in' | 'exists'): Fragment {
  const { operations } = context
  const around = { ...context, lift: undefined }
  const ordered = use === 'value' || isSliced(query) || query.distinctOn.length > 0
  const inner = ordered && !(use === 'exists' && !isSliced(query)) ? query : { ...query, ordering: [] }
  const selection = use === 'exists' ? 'one' : query.selected ? 'rows' : 'key'
  return sliced(inner, operations, compileSelect(inner, operations, selection, around, context.offset + at))
}

/** A SELECT with its slice in the text. */
function sliced(query: Query, operations: Operations, { sql: text }: CompiledSelect): Fragment {
  return wrap('', text, operations.limit(limitOf(query), query.low > 0).replace(placeholder, String(query.low)))
}

/** How many rows a slice has at most. */
export function limitOf(query: Query): number | undefined {
  return query.high === undefined ? undefined : Math.max(0, query.high - query.low)
}

/** What compiles conditions, orders and subqueries, wherever they stand. */
export const compilers: Compilers = {
  condition: compileConditionValue,
  terms: compileTerms,
  subquery: compileSubquery,
}
