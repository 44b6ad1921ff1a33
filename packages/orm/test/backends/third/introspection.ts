import type { ColumnSchema, RawRow, SqlValue, TableSchema } from '../../../src/backends/backend-kit.ts'

type Query = (sql: string, params: readonly SqlValue[]) => Promise<RawRow[]>

export async function tableNames(query: Query): Promise<string[]> {
  const rows = await query(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    [],
  )
  return rows.map(([name]) => String(name))
}

/** Tables and their columns; a whole backend reads indexes and constraints too. */
export async function introspect(query: Query): Promise<TableSchema[]> {
  const tables: TableSchema[] = []
  for (const name of await tableNames(query)) {
    const rows = await query('SELECT name, type, "notnull", pk FROM pragma_table_info(?1) ORDER BY cid', [name])
    const columns = rows.map(
      ([column, type, notNull, key]): ColumnSchema => ({
        name: String(column),
        type: String(type).toLowerCase(),
        null: notNull === 0,
        primaryKey: key !== 0,
        autoIncrement: key !== 0,
        unique: false,
      }),
    )
    tables.push({ name, columns, indexes: [], uniques: [], checks: [], exclusions: [] })
  }
  return tables
}
