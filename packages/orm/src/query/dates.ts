import { FieldError } from '../errors.ts'
import type { DatePeriod } from '../lookups/date-period.ts'
import { withDistinct, withFilter } from './build-query.ts'
import { columnPath } from './lookup-path.ts'
import type { Query } from './query.ts'

/** The first days of the periods in which a query has rows, each once. Rows without a date have none. */
export function withDates(query: Query, path: string, period: DatePeriod, order: 'ASC' | 'DESC'): Query {
  const source = columnPath(query.meta, path, `dates '${path}'`)
  if (source.field.kind !== 'date' && source.field.kind !== 'dateTime') {
    throw new FieldError(`${query.meta.name}.${path} holds no dates: dates() takes a date or dateTime field.`)
  }
  const dated = withDistinct(withFilter(query, [{ [`${path}__isnull`]: false }], false), true)
  return {
    ...dated,
    selected: [{ name: path, source, period }],
    ordering: [{ descending: order === 'DESC', by: 'selected' }],
    reversed: false,
    shape: `${dated.shape} dates(${path} ${period} ${order})`,
  }
}
