import type { ColumnSchema } from '../schema.ts'
import type { RawRow } from '../statement.ts'
import { withoutParentheses } from './outer-parentheses.ts'
import { isOfColumn, readCheck, type StoredConstraint } from './read-constraint.ts'
import { readType } from './read-type.ts'

/** A row of `columnsOf`, with the constraints that are the column's own. */
export function readColumn(table: string, row: RawRow, constraints: readonly StoredConstraint[]): ColumnSchema {
  const [, column, type, isNull, numbered, expression, generated, collation, comment] = row
  const name = String(column)
  const own = (kind: string) =>
    constraints.find((one) => one.kind === kind && one.columns[0] === name && isOfColumn(table, one))
  const key = constraints.find(({ kind }) => kind === 'p')?.columns ?? []
  const check = own('c')
  return {
    name,
    type: readType(String(type)),
    null: Boolean(isNull),
    primaryKey: key.includes(name),
    autoIncrement: Boolean(numbered),
    unique: own('u') !== undefined,
    check: check && readCheck(check),
    references: own('f')?.references,
    ...readExpression(expression, String(generated), Boolean(numbered)),
    ...(collation === null ? {} : { collation: String(collation) }),
    ...(comment === null ? {} : { comment: String(comment) }),
  }
}

/** A default and what a column is computed of stand in the same place of the catalogue. */
function readExpression(
  expression: unknown,
  generated: string,
  numbered: boolean,
): Pick<ColumnSchema, 'default' | 'generated'> {
  if (expression === null || numbered) return {}
  if (generated === '') return { default: String(expression) }
  return { generated: { sql: withoutParentheses(String(expression)), stored: generated === 's' } }
}
