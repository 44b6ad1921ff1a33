import { FieldError, QueryError } from '../../errors.ts'
import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import { lookups } from '../../lookups/lookup.ts'
import { Expression, type OrderBy } from '../expressions/expression.ts'
import type { ColumnPath } from '../lookup-path.ts'
import { type BooleanExpression, Condition, type ConditionPart, type Conditions } from '../q.ts'
import type { Query } from '../query.ts'
import type { WhereCondition, WhereGroup } from '../where.ts'
import { compositeCondition } from './composite-condition.ts'
import { knownFilters } from './known-filters.ts'
import { NodeBuilder } from './node-builder.ts'
import { traitsOf, traitsOfWhere } from './node-traits.ts'
import { refuseCompound, refuseSlice } from './query-state.ts'

export { withRelated } from './build-related.ts'
export { withValues } from './build-values.ts'

/** One `filter` (or `exclude`, negated). */
export function withFilter(
  query: Query,
  conditions: readonly (Conditions | BooleanExpression)[],
  negated: boolean,
  sticky = false,
): Query {
  const doing = negated ? 'exclude' : 'filter'
  refuseSlice(query, doing)
  refuseCompound(query, doing)
  const [only] = conditions
  const known = conditions.length === 1 && !sticky && isConditions(only) ? knownFilters(query) : undefined
  const again = known?.apply(query, only as Conditions, negated)
  if (again !== undefined) return again
  const given = conditions.filter((condition) => !isEmpty(condition))
  if (given.length === 0) return query
  const builder = new NodeBuilder(query, doing)
  if (sticky) builder.shape += '^'
  const where = builder.where(new Condition('AND', given as ConditionPart[], negated))
  if (query.groupBy === undefined && traitsOfWhere(where).aggregate)
    throw ungrouped(query, doing, 'name it in the condition')
  const built: Query = { ...query, ...builder.built, steps: [...query.steps, { type: 'filter', where, sticky }] }
  return known ? known.learn(query, only as Conditions, negated, built) : built
}

function isConditions(condition: unknown): condition is Conditions {
  return typeof condition === 'object' && condition !== null && !(condition instanceof Expression)
}

/** Asks for two rows or more in no order: whether there is one alone. */
export function withLimitOfGet(query: Query, limit: number): Query {
  const shape = knownFilters(query)?.shapeOfGet ?? `${query.shape} get`
  return { ...query, ordering: unordered, high: limit, shape }
}

const unordered: Query['ordering'] = []

function isEmpty(condition: unknown): boolean {
  if (condition instanceof Condition) return condition.children.every(isEmpty)
  if (typeof condition !== 'object' || condition === null) return false
  const prototype = Object.getPrototypeOf(condition)
  return (prototype === Object.prototype || prototype === null) && Object.keys(condition).length === 0
}

/** Rows whose column is one of these values, where no name leads to the column: what relations ask. */
export function withColumn(query: Query, path: ColumnPath, values: readonly unknown[], sticky = false): Query {
  if (path.field instanceof CompositeKeyField && path.steps.length === 0) {
    return withFilter(query, [compositeCondition(path.field, 'in', values, '')], false, sticky)
  }
  const lookup = lookups.get('in')!
  const { operator, params } = lookup.compare(path.field, values)
  const condition: WhereCondition = {
    type: 'condition',
    lhs: { type: 'column', path, output: path.field },
    column: path,
    operator,
    own: undefined,
    folded: false,
    at: query.values.length,
    count: params.length,
    rhs: undefined,
    subquery: undefined,
  }
  const where: WhereGroup = { type: 'group', connector: 'AND', negated: false, children: [condition] }
  const tables = path.steps.map(({ to, toField }) => `${to.label}.${toField.name}`).join('>')
  return {
    ...query,
    shape: `${query.shape}${sticky ? '^' : ' '}c(${tables}>${path.field.name}:${operator}${params.length})`,
    values: [...query.values, ...params],
    steps: [...query.steps, { type: 'filter', where, sticky }],
  }
}

export function withOrdering(query: Query, terms: readonly (string | OrderBy | Expression)[]): Query {
  refuseSlice(query, 'order')
  const builder = new NodeBuilder(query, 'orderBy')
  const ordering = builder.ordering(terms)
  const isGrouped = query.groupBy !== undefined || query.compound !== undefined
  if (!isGrouped && ordering.some(({ by }) => typeof by !== 'string' && traitsOf(by).aggregate)) {
    throw ungrouped(query, 'orderBy', 'order by its name')
  }
  return { ...query, ...builder.built, ordering, reversed: false }
}

function ungrouped({ meta }: Query, doing: string, then: string): FieldError {
  return new FieldError(
    `${doing} takes no aggregate of ${meta.name}'s rows, which are not grouped: annotate() it, and ${then}.`,
  )
}

export function withReverse(query: Query): Query {
  refuseSlice(query, 'reverse')
  return { ...query, reversed: !query.reversed, shape: `${query.shape} rev` }
}

/** A part of a part counts from the start of that part. */
export function withSlice(query: Query, start: number, end: number | undefined): Query {
  for (const bound of [start, end]) {
    if (bound !== undefined && (!Number.isSafeInteger(bound) || bound < 0)) {
      throw new QueryError(
        `slice takes whole numbers from 0 up, got ${bound}. Reverse the ordering to count from the end.`,
      )
    }
  }
  const low = query.high === undefined ? query.low + start : Math.min(query.low + start, query.high)
  const wanted = end === undefined ? query.high : query.low + end
  const high = query.high === undefined || wanted === undefined ? wanted : Math.min(wanted, query.high)
  return { ...query, low, high: high === undefined ? undefined : Math.max(high, low) }
}

/** Each row once; with paths, the first row of each set that is equal in them. */
export function withDistinct(query: Query, distinct: boolean, paths: readonly string[] = []): Query {
  refuseSlice(query, 'make distinct')
  refuseCompound(query, 'distinct')
  const builder = new NodeBuilder(query, 'distinct')
  builder.shape += `d${distinct ? 1 : 0}`
  const distinctOn = builder.arguments(paths)
  return { ...query, ...builder.built, distinct, distinctOn }
}
