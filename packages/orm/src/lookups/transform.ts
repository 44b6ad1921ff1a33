import type { Field, FieldKind } from '../fields/field.ts'
import { IntegerField } from '../fields/number-fields.ts'
import { DateField, TimeField } from '../fields/temporal-fields.ts'

/** A part of a date or time, as a lookup reaches it: `publishedAt__year`. */
export interface Transform {
  readonly name: TransformName
  readonly inputs: ReadonlySet<FieldKind>
  /** What the transform gives, as a field: its value goes through the lookups of that kind. */
  readonly output: Field
}

export type TransformName =
  | 'year'
  | 'isoYear'
  | 'quarter'
  | 'month'
  | 'day'
  | 'week'
  | 'weekDay'
  | 'isoWeekDay'
  | 'hour'
  | 'minute'
  | 'second'
  | 'date'
  | 'time'

const dates: ReadonlySet<FieldKind> = new Set(['date', 'dateTime'])
const times: ReadonlySet<FieldKind> = new Set(['time', 'dateTime'])
const moments: ReadonlySet<FieldKind> = new Set(['dateTime'])

function part(name: TransformName, inputs: ReadonlySet<FieldKind>): Transform {
  return { name, inputs, output: new IntegerField('integer', {}).bind(name) }
}

export const transforms: ReadonlyMap<string, Transform> = new Map(
  [
    part('year', dates),
    part('isoYear', dates),
    part('quarter', dates),
    part('month', dates),
    part('day', dates),
    part('week', dates),
    part('weekDay', dates),
    part('isoWeekDay', dates),
    part('hour', times),
    part('minute', times),
    part('second', times),
    { name: 'date', inputs: moments, output: new DateField('date', {}).bind('date') } satisfies Transform,
    { name: 'time', inputs: moments, output: new TimeField('time', {}).bind('time') } satisfies Transform,
  ].map((transform) => [transform.name, transform]),
)
