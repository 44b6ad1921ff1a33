import type { ModelMeta } from '@nuages/orm'
import type { AnyQuerySet } from '../options/any-model.ts'
import type { FilterScope, ListFilter } from './list-filter.ts'
import { queryCondition } from './query-condition.ts'

/** Filters by parameters that are lookups, such as `author__id__exact=3`: what most kinds come down to. */
export function narrowByParameters(
  meta: ModelMeta,
  parameters: readonly string[],
  rows: AnyQuerySet,
  { query }: FilterScope,
): AnyQuerySet {
  const given = parameters.filter((name) => query.query.has(name))
  const conditions = given.flatMap((name) => query.query.getAll(name).map((text) => queryCondition(meta, name, text)))
  if (conditions.length === 0) return rows
  const narrowed = conditions.reduce((left, { condition }) => left.filter(condition), rows)
  return conditions.some(({ repeats }) => repeats) ? narrowed.distinct() : narrowed
}

/** A filter whose parameters are lookups, and what it shows. */
export function parameterFilter(meta: ModelMeta, parameters: readonly string[], show: ListFilter['show']): ListFilter {
  return { parameters, narrow: (rows, scope) => narrowByParameters(meta, parameters, rows, scope), show }
}
