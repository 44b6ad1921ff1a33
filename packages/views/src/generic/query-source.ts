import { ImproperlyConfigured } from '@nuages/foundation'
import type { DatePeriod } from '@nuages/orm'
import { isArray, type Paginatable, type RowSource } from '../pagination/row-source.ts'

/** What views ask of a queryset that the types of the model's own say better. */
export interface QuerySource<Row> extends RowSource<Row> {
  all(): QuerySource<Row>
  none(): QuerySource<Row>
  filter(conditions: object): QuerySource<Row>
  orderBy(...paths: readonly string[]): QuerySource<Row>
  values(...paths: readonly string[]): QuerySource<unknown>
  valuesList(path: string, options: { readonly flat: true }): QuerySource<unknown>
  dates(path: string, period: DatePeriod, order: 'ASC' | 'DESC'): PromiseLike<readonly Temporal.PlainDate[]>
}

/** The queryset that a view's `getQueryset()` gave. Throws `ImproperlyConfigured` for rows that were read already. */
export function querySource<Row>(view: object, rows: Paginatable<Row>, doing: string): QuerySource<Row> {
  if (!isArray(rows)) return rows as QuerySource<Row>
  throw new ImproperlyConfigured(
    `${view.constructor.name}.getQueryset() gave an array, and ${doing} needs a queryset. Return one that was not awaited.`,
  )
}
