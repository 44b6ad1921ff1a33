import type { Database } from '../backends/database.ts'
import { placeholder } from '../backends/operations.ts'
import { operationsFor } from '../backends/operations-for.ts'
import type { SchemaEditor } from '../backends/schema-editor.ts'
import { char, dateTime, type Vendor } from '../fields/index.ts'
import { buildModel, createRegistry } from '../models/register-models.ts'
import { keyOf, type MigrationKey } from './migration.ts'
import { recordTable } from './own-tables.ts'
import { modelTable } from './state/model-tables.ts'

const read = { sql: `SELECT app, name, applied FROM ${recordTable} ORDER BY id` }
const insert = `INSERT INTO ${recordTable} (app, name, applied) VALUES (${placeholder}, ${placeholder}, ${placeholder})`
const remove = `DELETE FROM ${recordTable} WHERE app = ${placeholder} AND name = ${placeholder}`
const find = `SELECT 1 FROM ${recordTable} WHERE app = ${placeholder} AND name = ${placeholder}`

function recordSchema(vendor: Vendor) {
  const fields = { app: char({ maxLength: 255 }), name: char({ maxLength: 255 }), applied: dateTime() }
  const model = buildModel('Migration', fields, { appLabel: 'migrations', table: recordTable }, createRegistry())
  return modelTable(model.meta, vendor)
}

/** PostgreSQL leaves the zeros at the end out, and Django a fraction that is all zeros. */
function withMicroseconds(moment: string): string {
  const [second, fraction = ''] = moment.split('.')
  return `${second}.${fraction.padEnd(6, '0')}`
}

/** A migration that ran, as the database remembers it. */
export interface AppliedMigration extends MigrationKey {
  /** UTC, as Django writes it, always with six digits after the second: `2026-11-26 07:33:47.651900`. */
  readonly applied: string
}

/** The record of what ran: Django's own table, so that either framework can read it. One recorder serves one run. */
export class MigrationRecorder {
  readonly #database: Database
  #hasTable: boolean

  /** `tables` are those that the database has. */
  constructor(database: Database, tables: readonly string[]) {
    this.#database = database
    this.#hasTable = tables.includes(recordTable)
  }

  /** What ran, by key, in the order it ran; nothing where the table is not there yet. */
  async applied(): Promise<ReadonlyMap<string, AppliedMigration>> {
    if (!this.#hasTable) return new Map()
    const rows = await this.#database.all(read, [])
    const migrations = rows.map(([app, name, applied]) => ({
      app: String(app),
      name: String(name),
      applied: withMicroseconds(String(applied)),
    }))
    return new Map(migrations.map((migration) => [keyOf(migration), migration]))
  }

  /** Whether the record has a migration now: another process may have written it meanwhile. */
  async has({ app, name }: MigrationKey): Promise<boolean> {
    // Another process may have made the table, too.
    if (!this.#hasTable) this.#hasTable = (await this.#database.tableNames()).includes(recordTable)
    if (!this.#hasTable) return false
    return (await this.#database.all(this.#statement(find), [app, name])).length > 0
  }

  /** Records what is not recorded yet. To be called in the transaction of the migration. */
  async recordApplied(keys: readonly MigrationKey[], editor: SchemaEditor): Promise<void> {
    for (const key of keys) {
      if (await this.has(key)) continue
      if (!this.#hasTable) await editor.createTable(recordSchema(this.#database.vendor))
      this.#hasTable = true
      const now = Temporal.Now.instant().toString({ smallestUnit: 'microsecond' }).replace('T', ' ').replace('Z', '')
      await this.#database.run(this.#statement(insert), [key.app, key.name, now])
    }
  }

  async recordUnapplied(keys: readonly MigrationKey[]): Promise<void> {
    if (!this.#hasTable) return
    for (const { app, name } of keys) await this.#database.run(this.#statement(remove), [app, name])
  }

  #statement(sql: string): { sql: string } {
    return { sql: operationsFor(this.#database.vendor).finish(sql) }
  }
}
