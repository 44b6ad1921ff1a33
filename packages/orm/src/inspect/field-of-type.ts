import type { Vendor } from '../backends/database.ts'
import type { ColumnFacts } from '../backends/inspected-table.ts'
import type { ColumnSchema } from '../backends/schema.ts'
import type { FieldGuess } from './field-guess.ts'
import { postgresField } from './postgres-field.ts'
import { sqliteField } from './sqlite-field.ts'

/** The field of a column by its type and its own condition: what makes just this column where there is one, else what can read it. */
export function fieldOfType(column: ColumnSchema, facts: ColumnFacts | undefined, vendor: Vendor): FieldGuess {
  if (vendor !== 'postgresql') return sqliteField(column)
  const values = facts?.values
  if (values !== undefined) return enumeration(column.type, values)
  if (facts?.base === undefined) return postgresField(column.type, column)
  return { ...postgresField(facts.base, column), note: `a domain: ${column.type}` }
}

function enumeration(type: string, values: readonly string[]): FieldGuess {
  const maxLength = Math.max(1, ...values.map((value) => value.length))
  return {
    factory: 'char',
    options: { maxLength, choices: values.map((value) => [value, value]) },
    note: `an enumerated type: ${type}`,
  }
}
