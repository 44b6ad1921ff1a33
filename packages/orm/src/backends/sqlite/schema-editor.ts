import { renamedTable } from '../renamed-table.ts'
import type { TableSchema } from '../schema.ts'
import type { SchemaEditor, SchemaTarget, TableChange } from '../schema-editor.ts'
import { differenceByName, inPlace } from './in-place.ts'
import { quoteName } from './quote.ts'
import { rebuildTable } from './rebuild-table.ts'
import { createIndexSql, createTableSql } from './table-sql.ts'

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
    await this.#renameTable(before.name, after.name)
    const current = renamedTable(before, after.name, change.renamed ?? new Map())
    for (const [from, to] of change.renamed ?? []) {
      await this.run(`ALTER TABLE ${quoteName(after.name)} RENAME COLUMN ${quoteName(from)} TO ${quoteName(to)}`)
    }
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
