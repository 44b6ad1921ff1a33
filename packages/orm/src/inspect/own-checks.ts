import { sameSql } from '../backends/same-sql.ts'
import type { ColumnSchema } from '../backends/schema.ts'

// The conditions that fields put on their columns by themselves: they are no constraints of the model.

export function isNotBelowZero({ name, check }: ColumnSchema): boolean {
  return check !== undefined && sameSql(check, `"${name}" >= 0`)
}

/** SQLite keeps JSON as text, and a condition that it is JSON. */
export function isJson({ name, check }: ColumnSchema): boolean {
  return check !== undefined && sameSql(check, `(JSON_VALID("${name}") OR "${name}" IS NULL)`)
}

export function isOwnCheck(column: ColumnSchema): boolean {
  return isNotBelowZero(column) || isJson(column)
}
