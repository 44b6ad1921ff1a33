import { type Operations, placeholder } from '../backends/operations.ts'
import { FieldError, QueryError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { IntegerField } from '../fields/number-fields.ts'
import { DateField } from '../fields/temporal-fields.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { compileOrdering } from './compile-ordering.ts'
import { compileFilter, type WhereContext } from './compile-where.ts'
import type { Expression } from './expression.ts'
import { type Fragment, fragment, join, wrap } from './fragment.ts'
import { joinSteps } from './join-step.ts'
import { Joins } from './joins.ts'
import { annotationsOf, type Query, type RelatedTree, type SelectedValue } from './query.ts'
import type { WhereGroup, WhereNode } from './where.ts'

/** Where the values of a related row stand in a result. */
export interface RelatedColumns {
  readonly name: string
  readonly meta: ModelMeta
  readonly start: number
  readonly related: readonly RelatedColumns[]
}

/** What the columns of a result are. */
export interface ResultColumns {
  /** Every column, for reading its value. */
  readonly fields: readonly Field[]
  readonly related: readonly RelatedColumns[]
  /** Names of annotations, and where they stand. */
  readonly annotations: readonly { readonly name: string; readonly at: number }[]
  /** In place of instances: the names of the values, the first standing first. */
  readonly selected: readonly string[] | undefined
}

/** What to select: what the query says, or for a subquery and `count` something shorter. */
export type Selection = 'rows' | 'key' | 'one'

interface State extends WhereContext {
  readonly query: Query
  readonly meta: ModelMeta
  readonly annotations: Map<string, Fragment>
}

export interface CompiledSelect {
  readonly sql: Fragment
  readonly columns: ResultColumns
}

/** Compiles a query to SELECT. */
export function compileSelect(
  query: Query,
  operations: Operations,
  selection: Selection,
  offset = 0,
  taken: Set<string> = new Set(),
): CompiledSelect {
  const joins = new Joins(query.meta, operations, taken)
  const annotations = new Map<string, Fragment>()
  const state: State = {
    query,
    meta: query.meta,
    operations,
    joins,
    offset,
    annotations,
    annotation: (name) => annotations.get(name)!,
    subquery: (inner, at) => compileSubquery(inner, operations, at, new Set(joins.taken)),
  }
  const { where, having } = compileSteps(state)
  const { list, columns, group } = compileList(state, selection)
  const order = selection === 'one' ? [] : compileOrdering(state, query)
  const ordersSlice = query.low > 0 || query.high !== undefined
  const parts = [wrap(query.distinct ? 'SELECT DISTINCT ' : 'SELECT ', list, ''), fragment(` FROM ${joins.from()}`)]
  if (where) parts.push(wrap(' WHERE ', where, ''))
  if (group.length > 0) parts.push(fragment(` GROUP BY ${group.join(', ')}`))
  if (having) parts.push(wrap(' HAVING ', having, ''))
  if (order.length > 0 && (selection === 'rows' || ordersSlice)) parts.push(wrap(' ORDER BY ', join(order, ', '), ''))
  return { sql: join(parts, ''), columns }
}

/** A queryset as a value. Its slice is part of its shape, so the numbers stand in the text. */
function compileSubquery(query: Query, operations: Operations, offset: number, taken: Set<string>): Fragment {
  const { sql } = compileSelect(query, operations, query.selected ? 'rows' : 'key', offset, taken)
  const clause = operations.limit(limitOf(query), query.low > 0)
  return wrap('', sql, clause.replace(placeholder, String(query.low)))
}

/** How many rows a slice has at most. */
export function limitOf(query: Query): number | undefined {
  return query.high === undefined ? undefined : Math.max(0, query.high - query.low)
}

/** Filters and annotations, in the order they were asked for. */
function compileSteps(state: State): { where: Fragment | undefined; having: Fragment | undefined } {
  const where: Fragment[] = []
  const having: Fragment[] = []
  let reusable = new Set<string>()
  for (const step of state.query.steps) {
    if (step.type === 'annotation') {
      state.annotations.set(step.name, aggregate(state, step.expression))
      continue
    }
    for (const { node, aggregated } of splitAggregates(step.where)) {
      const sql = compileFilter(state, node, reusable)
      if (sql) (aggregated ? having : where).push(sql)
    }
    if (!step.sticky) reusable = new Set()
  }
  return { where: conjunction(where), having: conjunction(having) }
}

function conjunction(parts: readonly Fragment[]): Fragment | undefined {
  return parts.length === 0 ? undefined : join(parts, ' AND ')
}

/** Conditions on aggregates go to HAVING; with `and` around them, each goes its own way. */
function splitAggregates(group: WhereGroup): { node: WhereGroup; aggregated: boolean }[] {
  if (!mentionsAnnotation(group)) return [{ node: group, aggregated: false }]
  if (group.negated || group.connector === 'OR') return [{ node: group, aggregated: true }]
  const plain = group.children.filter((child) => !mentionsAnnotation(child))
  const aggregated = group.children.filter(mentionsAnnotation)
  const parts = [{ node: { ...group, children: aggregated }, aggregated: true }]
  return plain.length === 0 ? parts : [{ node: { ...group, children: plain }, aggregated: false }, ...parts]
}

function mentionsAnnotation(node: WhereNode): boolean {
  return node.type === 'group' ? node.children.some(mentionsAnnotation) : node.annotation !== undefined
}

function aggregate(state: State, expression: Expression): Fragment {
  const reference = state.joins.column(expression.path)
  const column = state.joins.quote(reference)
  return fragment(`${expression.name}(${expression.distinct ? 'DISTINCT ' : ''}${column})`)
}

interface List {
  readonly list: Fragment
  readonly columns: ResultColumns
  readonly group: readonly string[]
}

function compileList(state: State, selection: Selection): List {
  const { query, joins, meta } = state
  const grouped = groupColumns(state)
  const none: ResultColumns = { fields: [], related: [], annotations: [], selected: undefined }
  if (selection !== 'rows' && !(query.distinct && query.selected)) {
    const key = joins.quote({ alias: joins.base, field: meta.pk })
    const list = selection === 'key' ? key : query.distinct ? key : '1'
    return { list: fragment(list), columns: { ...none, fields: [meta.pk] }, group: grouped }
  }
  if (query.selected) return selectedList(state, query.selected, grouped)
  return instanceList(state, grouped)
}

function groupColumns(state: State): string[] {
  const { groupBy } = state.query
  if (groupBy === undefined) return []
  if (groupBy === 'key') return [state.joins.quote({ alias: state.joins.base, field: state.meta.pk })]
  return groupBy.map(({ source, period }) => {
    if (period) throw new QueryError('An aggregate cannot be grouped by dates(): annotate the queryset before it.')
    if ('annotation' in source)
      throw new FieldError(`An aggregate cannot be grouped by the annotation '${source.annotation}'.`)
    return state.joins.quote(state.joins.column(source))
  })
}

/** What the first day of a period is read as. */
const firstDay = new DateField('date', {}).bind('firstDay')

function selectedList(state: State, selected: readonly SelectedValue[], group: readonly string[]): List {
  const annotations = annotationsOf(state.query)
  const fields: Field[] = []
  const parts = selected.map(({ source, period }) => {
    if ('annotation' in source) {
      fields.push(annotations.get(source.annotation)!.output)
      return state.annotations.get(source.annotation)!
    }
    const column = state.joins.quote(state.joins.column(source))
    fields.push(period ? firstDay : source.field)
    if (!period) return fragment(column)
    const { sql, zoned } = state.operations.truncate(period, column, source.field.kind)
    return fragment(sql, zoned ? [{ value: state.operations.timeZone }] : [])
  })
  const names = selected.map(({ name }) => name)
  return { list: join(parts, ', '), columns: { fields, related: [], annotations: [], selected: names }, group }
}

const counter = new IntegerField('integer', {}).bind('count')

/** How many rows the query has without its slice. It is about no row of its own, so that the database counts once. */
function compileCount({ query, operations }: State, limit: number): Fragment {
  const whole = { ...query, low: 0, high: limit, ordering: [], related: {}, beside: undefined, countUpTo: undefined }
  const { sql } = compileSelect(whole, operations, 'one')
  return wrap('(SELECT COUNT(*) FROM (', join([sql, fragment(operations.limit(limit, false))], ''), ') "counted")')
}

function instanceList(state: State, grouped: readonly string[]): List {
  const { joins, meta, query } = state
  const fields: Field[] = []
  const parts: Fragment[] = []
  const add = (alias: string, of: ModelMeta): void => {
    for (const field of of.fields) {
      fields.push(field)
      parts.push(fragment(joins.quote({ alias, field })))
    }
  }
  add(joins.base, meta)
  const annotations = [...annotationsOf(query)].map(([name, { output }]) => {
    fields.push(output)
    parts.push(state.annotations.get(name)!)
    return { name, at: fields.length - 1 }
  })
  const group = [...grouped]
  const relate = (tree: RelatedTree, alias: string, of: ModelMeta): RelatedColumns[] =>
    Object.entries(tree).map(([name, below]) => {
      const steps = joinSteps(of.relation(name)!)
      const joined = joins.join(alias, steps[0]!)
      const start = fields.length
      const target = steps[0]!.to
      add(joined, target)
      if (grouped.length > 0) group.push(joins.quote({ alias: joined, field: target.pk }))
      return { name, meta: target, start, related: relate(below, joined, target) }
    })
  const related = relate(query.related, joins.base, meta)
  if (query.beside) {
    fields.push(query.beside.field)
    parts.push(fragment(joins.quote(joins.column(query.beside))))
  }
  if (query.countUpTo !== undefined) {
    fields.push(counter)
    parts.push(compileCount(state, query.countUpTo))
  }
  return { list: join(parts, ', '), columns: { fields, related, annotations, selected: undefined }, group }
}
