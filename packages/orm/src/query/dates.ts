import { FieldError } from '../errors.ts'
import { DateField } from '../fields/temporal-fields.ts'
import type { DatePeriod } from '../lookups/date-period.ts'
import { withDistinct, withFilter } from './build-query.ts'
import type { ExpressionNode } from './expressions/node.ts'
import { type SqlFunction, sqlFunction } from './expressions/sql-function.ts'
import { fragment } from './fragment.ts'
import { NodeBuilder } from './node-builder.ts'
import type { Query } from './query.ts'

/** What the first day of a period is read as. */
const firstDay = new DateField('date', {}).bind('firstDay')

function truncation(period: DatePeriod): SqlFunction {
  return sqlFunction({
    id: `first-day:${period}`,
    name: period,
    output: firstDay,
    sql({ args: [lhs], fields: [field], operations }) {
      const { sql, zoned } = operations.truncate(period, lhs!.sql, field!.kind)
      return fragment(sql, zoned ? [...lhs!.binds, { value: operations.timeZone }] : lhs!.binds)
    },
  })
}

const truncations: Readonly<Record<DatePeriod, SqlFunction>> = {
  year: truncation('year'),
  month: truncation('month'),
  week: truncation('week'),
  day: truncation('day'),
}

/** The first days of the periods in which a query has rows, each once. Rows without a date have none. */
export function withDates(query: Query, path: string, period: DatePeriod, order: 'ASC' | 'DESC'): Query {
  if (!Object.hasOwn(truncations, period)) {
    throw new FieldError(`dates() counts in ${Object.keys(truncations).join(', ')}, not '${String(period)}'.`)
  }
  const dated = withDistinct(withFilter(query, [{ [`${path}__isnull`]: false }], false), true)
  const builder = new NodeBuilder(dated, 'dates')
  const source = builder.path(path)
  if (source.output.kind !== 'date' && source.output.kind !== 'dateTime') {
    throw new FieldError(`${query.meta.name}.${path} holds no dates: dates() takes a date or dateTime field.`)
  }
  builder.shape += `dates(${period} ${order === 'DESC' ? 'DESC' : 'ASC'})`
  const node: ExpressionNode = { type: 'call', fn: truncations[period], args: [source], output: firstDay }
  return {
    ...dated,
    ...builder.built,
    selected: [{ name: path, node }],
    ordering: [{ descending: order === 'DESC', by: 'selected' }],
    reversed: false,
  }
}
