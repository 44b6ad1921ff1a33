import type { FieldKind } from '../../fields/field.ts'

/** The type that holds every value of a kind, whatever the length or precision of a column. */
const types: Partial<Record<FieldKind, string>> = {
  boolean: 'boolean',
  integer: 'bigint',
  bigint: 'bigint',
  float: 'double precision',
  decimal: 'numeric',
  uuid: 'uuid',
  ipAddress: 'inet',
  date: 'date',
  time: 'time',
  dateTime: 'timestamptz',
  duration: 'interval',
  json: 'jsonb',
  binary: 'bytea',
}

export function valueType(kind: FieldKind): string {
  return types[kind] ?? 'text'
}

/**
 * A value whose type nothing around it tells. Durations cross to the driver as microseconds. Of a list its kind does not tell
 * what it holds: what it stands beside must.
 */
export function typed(kind: FieldKind, sql: string): string {
  if (kind === 'array') return sql
  if (kind === 'duration') return `(${sql}::bigint * interval '1 microsecond')`
  return `${sql}::${valueType(kind)}`
}
