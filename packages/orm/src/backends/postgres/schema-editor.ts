import type { TableSchema } from '../schema.ts'
import type { ConcurrentChange, SchemaEditor, SchemaTarget, TableChange } from '../schema-editor.ts'
import { alterConcurrently } from './alter-concurrently.ts'
import { alterStructure } from './alter-structure.ts'
import { incomingKeys, storedTable } from './catalog.ts'
import { FollowedKeys } from './followed-keys.ts'
import { quoteName, quoteNames } from './quote.ts'
import { renameTable } from './rename-table.ts'
import { settleChecks } from './settle-checks.ts'
import { tableDifference } from './table-difference.ts'
import { checkSql, commentsSql, createIndexSql, createTableSql } from './table-sql.ts'

/**
 * Changes tables of PostgreSQL in place. Expects a transaction, as `Database.alterSchema` makes it: foreign keys are checked
 * at its end.
 */
export class PostgresSchemaEditor implements SchemaEditor {
  readonly #target: SchemaTarget
  readonly #followed = new FollowedKeys()
  readonly #given = new Set<string>()
  #hasPendingChecks = false

  constructor(target: SchemaTarget) {
    this.#target = target
  }

  async run(sql: string): Promise<void> {
    this.#hasPendingChecks = true
    await this.#target.run(sql)
  }

  rowsChanged(): void {
    this.#hasPendingChecks = true
  }

  async createTable(table: TableSchema): Promise<void> {
    await this.#target.run(createTableSql(table))
    for (const index of table.indexes) await this.#target.run(createIndexSql(table.name, index))
    for (const sql of commentsSql(table)) await this.#target.run(sql)
  }

  async dropTable(table: TableSchema): Promise<void> {
    await this.#settle()
    // What points to it must let go first; `CASCADE` would take views along, which nobody asked for.
    for (const key of await incomingKeys(this.#target, table.name, null)) {
      if (key.table === quoteName(table.name) || key.table === table.name) continue
      // Where SQL is only shown, an earlier step may have taken the key already.
      await this.#target.run(`ALTER TABLE IF EXISTS ${key.table} DROP CONSTRAINT IF EXISTS ${quoteName(key.name)}`)
    }
    await this.#target.run(`DROP TABLE ${quoteName(table.name)}`)
  }

  async alterTable(before: TableSchema, after: TableSchema, change: TableChange = {}): Promise<void> {
    await this.#settle()
    const stored = await storedTable(this.#target, before.name)
    const current = await renameTable(this.#target, before, after, change.renamed ?? new Map(), stored, this.#given)
    await alterStructure(this.#target, current.table, after, change.fill ?? new Map(), current.stored, this.#followed)
  }

  async emptyTables(tables: readonly string[]): Promise<void> {
    await this.#settle()
    // What points to one of them from elsewhere is an error that names it: `CASCADE` would empty it too.
    await this.#target.run(`TRUNCATE TABLE ${quoteNames(tables)} RESTART IDENTITY`)
  }

  alterTableConcurrently(before: TableSchema, after: TableSchema, change?: ConcurrentChange): Promise<void> {
    return alterConcurrently(this.#target, before, after, change)
  }

  async addChecksNotValid(before: TableSchema, after: TableSchema): Promise<void> {
    await this.#settle()
    for (const check of tableDifference(before, after).checks.added) {
      await this.#target.run(`ALTER TABLE ${quoteName(after.name)} ADD ${checkSql(check)} NOT VALID`)
    }
  }

  async validateConstraint(table: string, name: string): Promise<void> {
    await this.#settle()
    await this.#target.run(`ALTER TABLE ${quoteName(table)} VALIDATE CONSTRAINT ${quoteName(name)}`)
  }

  /** A table with rows whose deferred checks are open may not change: they are made now, and the later ones deferred again. */
  async #settle(): Promise<void> {
    if (!this.#hasPendingChecks) return
    this.#hasPendingChecks = false
    await settleChecks(this.#target)
  }
}
