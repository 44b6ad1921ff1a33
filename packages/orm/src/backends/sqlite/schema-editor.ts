import { isDeepStrictEqual } from 'node:util'
import type { ColumnSchema, IndexSchema, TableSchema } from '../schema.ts'
import type { SchemaEditor, SchemaTarget, TableChange } from '../schema-editor.ts'
import { quoteName, quoteValue } from './quote.ts'
import { rebuildTable } from './rebuild-table.ts'
import { columnSql, createIndexSql, createTableSql } from './table-sql.ts'

/**
 * Changes tables of SQLite: in place where its `ALTER TABLE` can, else by the rebuild that its documentation describes.
 * Expects a transaction with foreign keys off, as `Database.alterSchema` makes it.
 */
export class SqliteSchemaEditor implements SchemaEditor {
  readonly #target: SchemaTarget

  constructor(target: SchemaTarget) {
    this.#target = target
  }

  run(sql: string): Promise<void> {
    return this.#target.run(sql)
  }

  async createTable(table: TableSchema): Promise<void> {
    await this.run(createTableSql(table))
    for (const index of table.indexes) await this.run(createIndexSql(table.name, index))
  }

  async dropTable(table: TableSchema): Promise<void> {
    await this.run(`DROP TABLE ${quoteName(table.name)}`)
  }

  async alterTable(before: TableSchema, after: TableSchema, change: TableChange = {}): Promise<void> {
    let current = await this.#renameTable(before, after.name)
    current = await this.#renameColumns(current, change.renamed ?? new Map())
    const indexes = differenceByName(current.indexes, after.indexes)
    for (const index of indexes.removed) await this.run(`DROP INDEX ${quoteName(index.name)}`)
    const steps = inPlace(current, after, change)
    if (steps === undefined) {
      await rebuildTable(this.#target, current, after, change.fill ?? new Map())
      return
    }
    for (const sql of steps) await this.run(sql)
    for (const index of indexes.added) await this.run(createIndexSql(after.name, index))
  }

  async #renameTable(table: TableSchema, name: string): Promise<TableSchema> {
    if (table.name === name) return table
    // SQLite takes names that differ in case alone for the same.
    if (table.name.toLowerCase() === name.toLowerCase()) {
      await this.run(`ALTER TABLE ${quoteName(table.name)} RENAME TO ${quoteName(`${name}__renamed`)}`)
      await this.run(`ALTER TABLE ${quoteName(`${name}__renamed`)} RENAME TO ${quoteName(name)}`)
    } else {
      await this.run(`ALTER TABLE ${quoteName(table.name)} RENAME TO ${quoteName(name)}`)
    }
    const columns = table.columns.map((column) =>
      column.references?.table === table.name
        ? { ...column, references: { ...column.references, table: name } }
        : column,
    )
    return { ...table, name, columns }
  }

  async #renameColumns(table: TableSchema, renamed: ReadonlyMap<string, string>): Promise<TableSchema> {
    const rename = (name: string) => renamed.get(name) ?? name
    for (const [from, to] of renamed) {
      await this.run(`ALTER TABLE ${quoteName(table.name)} RENAME COLUMN ${quoteName(from)} TO ${quoteName(to)}`)
    }
    return {
      name: table.name,
      columns: table.columns.map((column) => {
        const renamedCheck = column.check?.replaceAll(quoteName(column.name), quoteName(rename(column.name)))
        return { ...column, name: rename(column.name), ...(renamedCheck === undefined ? {} : { check: renamedCheck }) }
      }),
      indexes: table.indexes.map((index) => ({
        ...index,
        columns: index.columns.map((column) => ({ ...column, name: rename(column.name) })),
      })),
      uniques: table.uniques.map((unique) => ({ ...unique, columns: unique.columns.map(rename) })),
    }
  }
}

/** The statements that change the columns without a rebuild, or `undefined` where SQLite has none. */
function inPlace(before: TableSchema, after: TableSchema, change: TableChange): string[] | undefined {
  if (!isDeepStrictEqual(before.uniques, after.uniques)) return undefined
  const { added, removed, changed } = differenceByName(before.columns, after.columns)
  if (changed || !removed.every(mayDrop) || !added.every((column) => mayAdd(column))) return undefined
  const kept = before.columns.filter((column) => !removed.includes(column)).map((column) => column.name)
  const order = [...kept, ...added.map((column) => column.name)]
  if (!order.every((name, position) => after.columns[position]?.name === name)) return undefined
  const table = quoteName(after.name)
  const steps = removed.map((column) => `ALTER TABLE ${table} DROP COLUMN ${quoteName(column.name)}`)
  for (const column of added) {
    steps.push(`ALTER TABLE ${table} ADD COLUMN ${quoteName(column.name)} ${columnSql(column)}`)
    const fill = change.fill?.get(column.name)
    if (fill !== undefined && fill !== null) {
      steps.push(`UPDATE ${table} SET ${quoteName(column.name)} = ${quoteValue(fill)}`)
    }
  }
  return steps
}

/** A new column that may not be NULL would keep the default that SQLite asks for, which the model does not have. */
function mayAdd(column: ColumnSchema): boolean {
  return column.null && !column.primaryKey && !column.unique && column.check === undefined
}

function mayDrop(column: ColumnSchema): boolean {
  return !column.primaryKey && !column.unique && column.references === undefined && column.check === undefined
}

function differenceByName<T extends ColumnSchema | IndexSchema>(before: readonly T[], after: readonly T[]) {
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
