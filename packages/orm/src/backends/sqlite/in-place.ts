import { isDeepStrictEqual } from 'node:util'
import { namesColumn } from '../renamed-table.ts'
import type { ColumnSchema, IndexSchema, TableSchema } from '../schema.ts'
import type { TableChange } from '../schema-editor.ts'
import { quoteName, quoteValue } from './quote.ts'
import { columnSql } from './table-sql.ts'

/** The statements that change the columns of a table without a rebuild, or `undefined` where SQLite has none. */
export function inPlace(before: TableSchema, after: TableSchema, change: TableChange): string[] | undefined {
  if (!isDeepStrictEqual(before.uniques, after.uniques) || !isDeepStrictEqual(before.checks, after.checks)) {
    return undefined
  }
  const { added, removed, changed } = differenceByName(before.columns, after.columns)
  if (changed || !removed.every((column) => mayDrop(before, column)) || !added.every((column) => mayAdd(column))) {
    return undefined
  }
  const kept = before.columns.filter((column) => !removed.includes(column)).map((column) => column.name)
  const order = [...kept, ...added.map((column) => column.name)]
  if (!order.every((name, position) => after.columns[position]?.name === name)) return undefined
  const table = quoteName(after.name)
  const steps = removed.map((column) => `ALTER TABLE ${table} DROP COLUMN ${quoteName(column.name)}`)
  for (const column of added) {
    steps.push(`ALTER TABLE ${table} ADD COLUMN ${quoteName(column.name)} ${columnSql(column, false)}`)
    const fill = change.fill?.get(column.name)
    if (fill !== undefined && fill !== null) {
      steps.push(`UPDATE ${table} SET ${quoteName(column.name)} = ${quoteValue(fill)}`)
    }
  }
  return steps
}

/** A new column that may not be NULL would keep the default that SQLite asks for, which the model does not have. */
function mayAdd(column: ColumnSchema): boolean {
  // Neither a computed default nor a stored column can be added to rows that are there.
  const isPlain = column.check === undefined && column.default === undefined && column.generated === undefined
  return column.null && !column.primaryKey && !column.unique && isPlain
}

function mayDrop(table: TableSchema, column: ColumnSchema): boolean {
  const sqls = [...table.checks, ...table.columns.flatMap(({ generated }) => generated ?? [])].map(({ sql }) => sql)
  if (sqls.some((sql) => namesColumn(sql, column.name))) return false
  return !column.primaryKey && !column.unique && column.references === undefined && column.check === undefined
}

export function differenceByName<T extends ColumnSchema | IndexSchema>(before: readonly T[], after: readonly T[]) {
  const same = (one: T, other: T) => one.name === other.name && isDeepStrictEqual(one, other)
  const named = (list: readonly T[], name: string) => list.some((item) => item.name === name)
  const isIndex = (item: T) => 'columns' in item
  // An index that changes is dropped and made again; a column that changes is not lost and found.
  const removed = before.filter((one) =>
    isIndex(one) ? !after.some((other) => same(one, other)) : !named(after, one.name),
  )
  const added = after.filter((one) =>
    isIndex(one) ? !before.some((other) => same(one, other)) : !named(before, one.name),
  )
  const changed = before.some((one) => named(after, one.name) && !after.some((other) => same(one, other)))
  return { added, removed, changed }
}
