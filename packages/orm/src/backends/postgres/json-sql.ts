import type { Field } from '../../fields/field.ts'
import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { type Fragment, sql } from '../../query/fragment.ts'

/** Names are bound; what a parameter is must be said, since any type would do. */
export const jsonObjectSql: FunctionSql = ({ args }) => {
  const members = args.map((arg, index) => (index % 2 === 0 ? sql`(${arg})::text` : arg))
  return sql`JSONB_BUILD_OBJECT(${sql.join(members)})`
}

export const jsonArraySql: FunctionSql = ({ args }) => sql`JSONB_BUILD_ARRAY(${sql.join(args)})`

/** A value as `ArrayAgg` reads it: as text, so that nothing of a bigint or a decimal is lost. */
export function jsonListSql(value: Fragment, field: Field): Fragment {
  if (field.kind !== 'duration') return sql`(${value})::text`
  return sql`((EXTRACT(EPOCH FROM ${value}) * 1000000)::bigint)::text`
}
