import { QueryError } from '../../errors.ts'
import type { OrderTerm } from '../expressions/node.ts'
import type { Query, QueryStep } from '../query.ts'
import type { WhereChain, WhereGroup, WhereNode } from '../where.ts'
import { traitsOfWhere } from './node-traits.ts'
import { refuseCompound, refuseSlice } from './query-state.ts'

/** Rows of the first query and of the second, or of either: Django's `qs1 & qs2` and `qs1 | qs2`. */
export function withCombined(query: Query, other: Query, connector: 'AND' | 'OR'): Query {
  const doing = connector === 'AND' ? 'and' : 'or'
  for (const each of [query, other]) {
    refuseSlice(each, `combine with ${doing}()`)
    refuseCompound(each, doing)
  }
  if (query.meta !== other.meta) {
    throw new QueryError(`${doing}() takes a queryset of ${query.meta.name}, not one of ${other.meta.name}.`)
  }
  if (query.distinct !== other.distinct) {
    throw new QueryError(`${doing}() cannot combine a queryset that is distinct with one that is not.`)
  }
  if (query.empty) return connector === 'AND' ? query : other
  if (other.empty) return connector === 'AND' ? other : query
  const by = query.values.length
  const filters = filtersOf(other).map((node): WhereGroup => group('AND', [{ type: 'moved', by, node }]))
  if (query.groupBy === undefined && filters.some((filter) => traitsOfWhere(filter).aggregate)) {
    throw new QueryError(
      `${doing}() takes the conditions of the other queryset of ${query.meta.name}, but not the annotations: one of them is on an aggregate, which this queryset has none of. Call ${doing}() on the other one.`,
    )
  }
  return {
    ...query,
    values: [...query.values, ...other.values],
    outerNames: [...query.outerNames, ...other.outerNames],
    shape: `${query.shape} ${doing}<${other.shape}>`,
    ordering: other.ordering?.length ? other.ordering.map((term) => moved(term, by)) : query.ordering,
    steps: connector === 'AND' ? both(query, filters) : either(query, filters),
  }
}

function group(connector: WhereGroup['connector'], children: readonly WhereNode[]): WhereGroup {
  return { type: 'group', connector, negated: false, children }
}

function filtersOf({ steps }: Query): WhereGroup[] {
  return steps.flatMap((step) => (step.type === 'filter' ? [step.where] : []))
}

function both({ steps }: Query, filters: readonly WhereGroup[]): QueryStep[] {
  return [...steps, ...filters.map((where): QueryStep => ({ type: 'filter', where, sticky: false }))]
}

/** One filter in the place of the first; where one side asks for nothing, all rows answer. */
function either(query: Query, filters: readonly WhereGroup[]): QueryStep[] {
  const own = filtersOf(query)
  const others = query.steps.filter((step) => step.type !== 'filter')
  if (own.length === 0 || filters.length === 0) return others
  const chains: WhereChain[] = [
    { type: 'chain', filters: own, spare: false },
    { type: 'chain', filters, spare: true },
  ]
  const whole: QueryStep = { type: 'filter', where: group('AND', [group('OR', chains)]), sticky: false }
  const first = query.steps.findIndex((step) => step.type === 'filter')
  const rest = query.steps.slice(first).filter((step) => step.type !== 'filter')
  return [...query.steps.slice(0, first), whole, ...rest]
}

function moved(term: OrderTerm, by: number): OrderTerm {
  if (typeof term.by === 'string') return term
  return { ...term, by: { type: 'moved', by, node: term.by, output: term.by.output } }
}
