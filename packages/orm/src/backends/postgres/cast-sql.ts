import type { FieldKind } from '../../fields/field.ts'
import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { type Fragment, sql } from '../../query/fragment.ts'

const wholes: ReadonlySet<FieldKind> = new Set(['integer', 'bigint'])

/** Steps in between, where PostgreSQL has no cast from one type to another, or rounds halves to even numbers. */
function prepared(value: Fragment, from: FieldKind, to: FieldKind): Fragment {
  if (from === 'float' && wholes.has(to)) return sql`ROUND((${value})::numeric)`
  if (to === 'boolean' && from !== 'boolean' && from !== 'text') return sql`((${value}) <> 0)`
  if (from === 'boolean' && to !== 'boolean' && to !== 'text') return sql`(${value})::integer`
  if (from === 'dateTime' && to !== 'dateTime') return sql`((${value}) AT TIME ZONE 'UTC')`
  return value
}

/** A value as a column of another type holds it. */
export const castSql: FunctionSql = ({ args: [value], fields: [field], output }) => {
  const own = prepared(value!, field!.kind, output.kind)
  return sql`CAST(${own} AS ${sql.raw(output.columnType('postgresql'))})`
}
