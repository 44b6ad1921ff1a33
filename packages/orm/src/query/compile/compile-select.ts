import { type Operations, placeholder } from '../../backends/operations.ts'
import { isOfWindow } from '../build/node-traits.ts'
import { type Fragment, fragment, join, sql, wrap } from '../fragment.ts'
import { isSliced, type Query, type SelectedValue } from '../query.ts'
import { compileCompound } from './compile-compound.ts'
import type { CompileContext, Compilers } from './compile-context.ts'
import { compileAnnotation, compileExpression } from './compile-expression.ts'
import { compileTerms } from './compile-ordering.ts'
import { type Clauses, compileConditionValue, compileFilter } from './compile-where.ts'
import { Joins } from './joins.ts'
import { Outside } from './outside.ts'
import { putTogether } from './put-together.ts'
import { type CompiledSelect, compileList, emptyList, joinSelected, type List, type Selection } from './select-list.ts'

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
  const { context, outside } = begin(query, operations, outer, offset)
  const clauses = compileSteps(context)
  return putTogether(context, selection, compileList(context, selection), clauses, outside)
}

function begin(
  query: Query,
  operations: Operations,
  outer: CompileContext | undefined,
  offset: number,
): { readonly context: CompileContext; readonly outside: Outside } {
  const outside = new Outside(operations)
  return { context: { ...contextOf(query, operations, outer, offset), around: outside }, outside }
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
    grouped: [],
    annotations: new Map(),
    lift: undefined,
    around: undefined,
  }
}

/** Where expressions of UPDATE stand: among the columns of the query's own table. */
export function updateContext(query: Query, operations: Operations): CompileContext {
  return contextOf(query, operations, undefined, 0)
}

/**
 * Compiles aggregates of a query's rows: over the rows themselves, or where they are grouped, sliced, distinct or chosen by a
 * window, over a SELECT of what the aggregates need of them.
 */
export function compileAggregates(
  query: Query,
  operations: Operations,
  aggregates: readonly SelectedValue[],
): Fragment {
  const { context, outside } = begin(query, operations, undefined, 0)
  const clauses = compileSteps(context)
  joinSelected(context)
  const isNested = query.groupBy !== undefined || query.distinct || isSliced(query) || clauses.qualify !== undefined
  const isOverWindow = aggregates.some(({ node }) => isOfWindow(node))
  if (!isNested && !isOverWindow) {
    const list = compileList({ ...context, query: { ...query, selected: aggregates } }, 'rows')
    const unordered = { ...context, query: { ...query, ordering: [], lock: undefined } }
    return putTogether(unordered, 'one', list, clauses, outside).sql
  }
  const rows = new Outside(operations, 'rows', false)
  const own = query.distinct ? compileList(context, 'rows') : undefined
  for (const part of own?.parts ?? []) rows.column(part)
  const outer = aggregates.map(({ node }) => compileExpression({ ...context, lift: rows }, node))
  const list: List = {
    ...emptyList,
    ...rows.asList,
    nodes: [...(own?.nodes ?? []), ...rows.nodes],
    tables: own?.tables ?? [],
  }
  const inner = putTogether(context, isSliced(query) ? 'rows' : 'one', list, clauses, outside)
  return sql`SELECT ${join(outer, ', ')} FROM (${sliced(query, operations, inner)}) ${rows.name}`
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
