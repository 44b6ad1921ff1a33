import { FieldError } from '../../errors.ts'
import type { FieldKind } from '../../fields/field.ts'
import { DateField } from '../../fields/temporal-fields.ts'
import type { DatePeriod } from '../../lookups/date-period.ts'
import type { Expression } from '../expressions/expression.ts'
import { FunctionCall } from '../expressions/function-call.ts'
import { Trunc, type TruncPeriod } from '../expressions/functions/date.ts'
import { type SqlFunction, sqlFunction } from '../expressions/sql-function.ts'
import { fragment } from '../fragment.ts'
import type { Query } from '../query.ts'
import { withDistinct, withFilter } from './build-query.ts'
import { NodeBuilder } from './node-builder.ts'

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
  const call = new FunctionCall(truncations[period], [path])
  return withMoments(query, path, call, ['date', 'dateTime'], order)
}

export interface DatetimesOptions {
  readonly order?: 'ASC' | 'DESC'
  /** The time zone whose clocks are looked at; without it, the active one. */
  readonly tzinfo?: string
}

/** The starts of the periods in which a query has rows, each once. */
export function withDatetimes(query: Query, path: string, period: TruncPeriod, options: DatetimesOptions): Query {
  const { order = 'ASC', tzinfo } = options
  const call = Trunc(path, period, tzinfo === undefined ? {} : { tzinfo })
  return withMoments(query, path, call, ['dateTime'], order)
}

function withMoments(
  query: Query,
  path: string,
  call: Expression,
  kinds: readonly FieldKind[],
  order: 'ASC' | 'DESC',
): Query {
  const dated = withDistinct(withFilter(query, [{ [`${path}__isnull`]: false }], false), true)
  const method = kinds.includes('date') ? 'dates' : 'datetimes'
  const builder = new NodeBuilder(dated, method)
  const { kind } = builder.path(path).output
  if (!kinds.includes(kind)) {
    const needs = kinds.includes('date') ? 'a date or dateTime field' : 'a dateTime field'
    throw new FieldError(`${query.meta.name}.${path} holds no dates: ${method}() takes ${needs}.`)
  }
  const node = builder.expression(call)
  const descending = order === 'DESC'
  builder.shape += descending ? 'desc' : 'asc'
  return {
    ...dated,
    ...builder.built,
    selected: [{ name: path, node }],
    ordering: [{ descending, by: 'selected' }],
    reversed: false,
  }
}
