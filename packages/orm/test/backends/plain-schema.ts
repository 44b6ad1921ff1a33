import type { ColumnSchema, TableSchema } from '../../src/backends/schema.ts'

/** A column of which nothing is said but what `more` says. */
export function plainColumn(name: string, type: string, more: Partial<ColumnSchema> = {}): ColumnSchema {
  return {
    name,
    type,
    null: false,
    primaryKey: false,
    autoIncrement: false,
    unique: false,
    check: undefined,
    references: undefined,
    ...more,
  }
}

/** A table of columns, and what `more` says. */
export function plainTable(name: string, columns: ColumnSchema[], more: Partial<TableSchema> = {}): TableSchema {
  return { name, columns, indexes: [], uniques: [], checks: [], exclusions: [], ...more }
}
