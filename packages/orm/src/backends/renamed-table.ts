import type { TableSchema } from './schema.ts'

/** A table under another name, with columns under theirs (old to new), wherever its schema speaks of them. */
export function renamedTable(table: TableSchema, name: string, columns: ReadonlyMap<string, string>): TableSchema {
  const rename = (column: string) => columns.get(column) ?? column
  const inSql = (sql: string) => renameInSql(sql, columns)
  return {
    ...table,
    name,
    columns: table.columns.map((column) => ({
      ...column,
      name: rename(column.name),
      ...(column.check === undefined ? {} : { check: inSql(column.check) }),
      ...(column.references?.table === table.name
        ? { references: { table: name, column: rename(column.references.column) } }
        : {}),
      ...(column.generated === undefined
        ? {}
        : { generated: { ...column.generated, sql: inSql(column.generated.sql) } }),
    })),
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.map((column) => ({
        ...column,
        name: column.isExpression ? inSql(column.name) : rename(column.name),
      })),
      ...(index.condition === undefined ? {} : { condition: inSql(index.condition) }),
      ...(index.include === undefined ? {} : { include: index.include.map(rename) }),
    })),
    uniques: table.uniques.map((unique) => ({ ...unique, columns: unique.columns.map(rename) })),
    checks: table.checks.map((check) => ({ ...check, sql: inSql(check.sql) })),
    exclusions: table.exclusions.map((exclusion) => ({
      ...exclusion,
      parts: exclusion.parts.map((part) => ({ ...part, sql: inSql(part.sql) })),
      ...(exclusion.condition === undefined ? {} : { condition: inSql(exclusion.condition) }),
      ...(exclusion.include === undefined ? {} : { include: exclusion.include.map(rename) }),
    })),
  }
}

/** Names stand in double quotes and text in single ones, in which nothing is a name. */
function renameInSql(sql: string, columns: ReadonlyMap<string, string>): string {
  return sql.replace(/'(?:[^']|'')*'|"((?:[^"]|"")+)"/g, (token, name: string | undefined) => {
    const next = name === undefined ? undefined : columns.get(name.replaceAll('""', '"'))
    return next === undefined ? token : `"${next.replaceAll('"', '""')}"`
  })
}

/** Whether SQL speaks of a column. */
export function namesColumn(sql: string, column: string): boolean {
  return sql.includes(`"${column.replaceAll('"', '""')}"`)
}
