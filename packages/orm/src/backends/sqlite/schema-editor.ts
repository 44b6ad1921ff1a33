import { IntegrityError } from '../errors.ts'
import { renamedTable } from '../renamed-table.ts'
import type { TableSchema } from '../schema.ts'
import type { SchemaEditor, SchemaTarget, TableChange } from '../schema-editor.ts'
import { assertReadable } from './assert-readable.ts'
import { differenceByName, type InPlaceStep, inPlace } from './in-place.ts'
import { quoteName, quoteValue } from './quote.ts'
import { rebuildTable } from './rebuild-table.ts'
import { isSearchIndex } from './search-sql.ts'
import { storedTable } from './stored-table.ts'
import { createIndexSql, createTableSql, dropIndexSql } from './table-sql.ts'

/**
 * Changes tables of SQLite: in place where its `ALTER TABLE` can, else by the rebuild that its documentation describes.
 * Expects a transaction with foreign keys off, as `Database.alterSchema` makes it.
 */
export class SqliteSchemaEditor implements SchemaEditor {
  readonly #target: SchemaTarget
  /** What a table has been since this editor began: where SQL is only shown, it stands as it was before. */
  readonly #forms = new Map<string, readonly TableSchema[]>()

  constructor(target: SchemaTarget) {
    this.#target = target
  }

  run(sql: string): Promise<void> {
    return this.#target.run(sql)
  }

  async createTable(table: TableSchema): Promise<void> {
    this.#forms.set(table.name, [table])
    await this.run(createTableSql(table))
    for (const index of table.indexes) await this.run(createIndexSql(table.name, index))
  }

  async dropTable(table: TableSchema): Promise<void> {
    await this.run(`DROP TABLE ${quoteName(table.name)}`)
    for (const index of table.indexes.filter(isSearchIndex)) await this.run(dropIndexSql(index))
  }

  async emptyTables(tables: readonly string[]): Promise<void> {
    for (const table of tables) await this.run(`DELETE FROM ${quoteName(table)}`)
    const [counts] = await this.#target.all("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'", [])
    if (counts === undefined) return
    await this.run(`DELETE FROM sqlite_sequence WHERE name IN (${tables.map(quoteValue).join(', ')})`)
  }

  async alterTable(before: TableSchema, after: TableSchema, change: TableChange = {}): Promise<void> {
    const current = await this.#renamed(before, after, change)
    const indexes = differenceByName(current.indexes, after.indexes)
    const forms = [...(this.#forms.get(before.name) ?? []), before, current, after]
    this.#forms.set(after.name, forms)
    const kept = current.indexes.filter((index) => !indexes.removed.includes(index))
    const stored = await storedTable(this.#target, current.name, forms, kept)
    for (const index of indexes.removed) await this.run(dropIndexSql(index))
    const steps = inPlace(current, after, change, stored)
    if (steps === undefined) {
      await rebuildTable(this.#target, current, after, change.fill ?? new Map(), stored)
    } else {
      for (const step of steps) await this.#runInPlace(step, after.name)
      for (const index of indexes.added) await this.run(createIndexSql(after.name, index))
    }
    await assertReadable(this.#target, current, after)
  }

  async #runInPlace({ sql, refused }: InPlaceStep, table: string): Promise<void> {
    try {
      await this.run(sql)
    } catch (error) {
      if (refused === undefined || !(error instanceof IntegrityError)) throw error
      const { kind, column, constraint } = refused
      const problem =
        column === undefined
          ? `CHECK constraint failed: ${constraint}`
          : `NOT NULL constraint failed: ${table}.${column}`
      throw new IntegrityError(`${problem} (database '${error.alias}'). Rows of ${table} do not meet it.`, {
        cause: error,
        sql,
        alias: error.alias,
        kind,
        table,
        constraint,
        columns: column === undefined ? [] : [column],
      })
    }
  }

  /** The table under its new names, so far without anything else that changes. */
  async #renamed(before: TableSchema, after: TableSchema, { renamed = new Map() }: TableChange): Promise<TableSchema> {
    if (before.name === after.name && renamed.size === 0) return before
    // An index of words names its table and columns in a text that no rename reaches.
    const words = before.indexes.filter(isSearchIndex)
    for (const index of words) await this.run(dropIndexSql(index))
    await this.#renameTable(before.name, after.name)
    for (const [from, to] of renamed) {
      await this.run(`ALTER TABLE ${quoteName(after.name)} RENAME COLUMN ${quoteName(from)} TO ${quoteName(to)}`)
    }
    const current = renamedTable(before, after.name, renamed)
    return { ...current, indexes: current.indexes.filter((index) => !isSearchIndex(index)) }
  }

  async #renameTable(from: string, name: string): Promise<void> {
    if (from === name) return
    // SQLite takes names that differ in case alone for the same.
    if (from.toLowerCase() === name.toLowerCase()) {
      await this.run(`ALTER TABLE ${quoteName(from)} RENAME TO ${quoteName(`${name}__renamed`)}`)
      await this.run(`ALTER TABLE ${quoteName(`${name}__renamed`)} RENAME TO ${quoteName(name)}`)
    } else {
      await this.run(`ALTER TABLE ${quoteName(from)} RENAME TO ${quoteName(name)}`)
    }
  }
}
