import type { InspectedTable, InspectOptions } from '../inspected-table.ts'
import type { ColumnSchema, TableSchema } from '../schema.ts'
import type { RawRow, SqlValue } from '../statement.ts'
import { tableKinds, views } from './catalog-queries.ts'
import { type ReadSqlite, readColumn, readSqlite } from './introspection.ts'
import { readTableDefinition } from './table-definition.ts'

type Query = (sql: string, params: readonly SqlValue[]) => Promise<RawRow[]>

/** The tables of an SQLite file, and its views where they are asked for, with what models do not say. */
export async function inspectSqlite(query: Query, options: InspectOptions = {}): Promise<InspectedTable[]> {
  const [read, kinds, viewRows] = await Promise.all([
    readSqlite(query),
    query(tableKinds, []),
    options.views ? query(views, []) : [],
  ])
  const kindOf = new Map(kinds.map(([name, wr, strict]) => [String(name), { wr: wr === 1, strict: strict === 1 }]))
  const tables = read.tables.map((schema) => inspected(schema, read, kindOf.get(schema.name)))
  return [...tables, ...viewRows.map(([name]) => inspectedView(String(name), read))]
}

function inspected(schema: TableSchema, read: ReadSqlite, kind?: { wr: boolean; strict: boolean }): InspectedTable {
  const own = read.keys.filter(({ table }) => table === schema.name)
  return {
    kind: 'table',
    schema,
    key: keyOf(read.columns.get(schema.name) ?? []),
    foreignKeys: own.map(({ columns, target, targets, onDelete }) => ({
      columns,
      table: target,
      targets,
      ...(onDelete === 'NO ACTION' ? {} : { onDelete }),
    })),
    facts: new Map(),
    remarks: [...(kind?.wr ? ['WITHOUT ROWID'] : []), ...(kind?.strict ? ['STRICT'] : [])],
  }
}

function keyOf(columns: readonly RawRow[]): string[] {
  const parts = columns.filter((row) => Number(row[4]) > 0).sort((one, other) => Number(one[4]) - Number(other[4]))
  return parts.map((row) => String(row[1]))
}

/** Of a view SQLite knows the names of columns, and the types of those that are a table's. All may be NULL. */
function inspectedView(name: string, read: ReadSqlite): InspectedTable {
  const definition = readTableDefinition('')
  const columns = (read.columns.get(name) ?? []).map(
    (row): ColumnSchema => ({ ...readColumn(row, definition), null: true }),
  )
  const schema = { name, columns, indexes: [], uniques: [], checks: [], exclusions: [] }
  return { kind: 'view', schema, key: [], foreignKeys: [], facts: new Map(), remarks: [] }
}
