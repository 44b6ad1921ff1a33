import type { Field } from '../../../fields/field.ts'
import type { QuerySource } from '../../query.ts'
import type { RowOf, SingleOf } from '../../types/row-types.ts'
import { RawSqlExpression } from '../raw-sql.ts'
import { SubqueryExpression } from '../subquery.ts'

/**
 * The one value that a queryset of one row selects: `Subquery(Book.objects.filter({ author: OuterRef('pk') }).orderBy('-pages')
 * .values('title').slice(0, 1))`; `null` where it has no row. Django's `Subquery`.
 */
export function Subquery<Q extends QuerySource>(queryset: Q): SubqueryExpression<SingleOf<RowOf<Q>> | null>
export function Subquery<T>(
  queryset: QuerySource,
  options: { readonly outputField: Field<T> },
): SubqueryExpression<T | null>
export function Subquery(queryset: QuerySource, options: { readonly outputField?: Field } = {}): SubqueryExpression {
  return new SubqueryExpression(queryset, options.outputField)
}

/**
 * SQL of your own, with a `?` for each value: `RawSQL('LENGTH(title) % ?', [3], { outputField: integer() })`. The values are
 * bound; the text reaches the database as it is, so never put into it what comes from outside. Django's `RawSQL`.
 */
export function RawSQL<T>(
  sql: string,
  params: readonly unknown[],
  options: { readonly outputField: Field<T> },
): RawSqlExpression<T> {
  return new RawSqlExpression(sql, params, options.outputField as Field)
}
