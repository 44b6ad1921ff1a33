import type { Field } from '../../fields/field.ts'
import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { type Fragment, sql } from '../../query/fragment.ts'

/** A value as JSON holds it, as PostgreSQL writes it. */
function jsonValue(value: Fragment, field: Field): Fragment {
  switch (field.kind) {
    case 'boolean':
      return sql`JSON(CASE ${value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)`
    case 'json':
      return sql`JSON(${value})`
    case 'uuid':
      return sql`nuages_hyphenated(${value})`
    case 'dateTime':
      return sql`nuages_iso_instant(${value})`
    default:
      return value
  }
}

export const jsonObjectSql: FunctionSql = ({ args, fields }) => {
  const members = args.map((arg, index) => (index % 2 === 0 ? arg : jsonValue(arg, fields[index]!)))
  return sql`JSON_OBJECT(${sql.join(members)})`
}

export const jsonArraySql: FunctionSql = ({ args, fields }) => {
  return sql`JSON_ARRAY(${sql.join(args.map((arg, index) => jsonValue(arg, fields[index]!)))})`
}

/** A value as `ArrayAgg` reads it: as text, so that nothing of a bigint or a decimal is lost. Floats JSON keeps whole. */
export function jsonListSql(value: Fragment, field: Field): Fragment {
  return field.kind === 'float' ? value : sql`CAST(${value} AS text)`
}
