import type { Database } from '../backends/database.ts'
import { placeholder } from '../backends/operations.ts'
import { operationsFor } from '../backends/operations-for.ts'
import type { SchemaEditor } from '../backends/schema-editor.ts'
import { char, dateTime, type Vendor } from '../fields/index.ts'
import { buildModel, createRegistry } from '../models/register-models.ts'
import { keyOf, type MigrationKey } from './migration.ts'
import { modelTable } from './state/model-tables.ts'

const recordTable = 'django_migrations'

const read = { sql: 'SELECT app, name, applied FROM django_migrations ORDER BY id' }
const insert = `INSERT INTO django_migrations (app, name, applied) VALUES (${placeholder}, ${placeholder}, ${placeholder})`
const remove = `DELETE FROM django_migrations WHERE app = ${placeholder} AND name = ${placeholder}`

function recordSchema(vendor: Vendor) {
  const fields = { app: char({ maxLength: 255 }), name: char({ maxLength: 255 }), applied: dateTime() }
  const model = buildModel('Migration', fields, { appLabel: 'migrations', table: recordTable }, createRegistry())
  return modelTable(model.meta, vendor)
}

/** A migration that ran, as the database remembers it. */
export interface AppliedMigration extends MigrationKey {
  /** UTC, in Django's format. */
  readonly applied: string
}

/** The record of what ran: Django's own table, so that either framework can read it. */
export class MigrationRecorder {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** What ran, by key, in the order it ran; nothing where the table is not there yet. */
  async applied(): Promise<ReadonlyMap<string, AppliedMigration>> {
    if (!(await this.#hasTable())) return new Map()
    const rows = await this.#database.all(read, [])
    const migrations = rows.map(([app, name, applied]) => ({
      app: String(app),
      name: String(name),
      applied: String(applied),
    }))
    return new Map(migrations.map((migration) => [keyOf(migration), migration]))
  }

  async recordApplied({ app, name }: MigrationKey, editor: SchemaEditor): Promise<void> {
    if (!(await this.#hasTable())) await editor.createTable(recordSchema(this.#database.vendor))
    const now = Temporal.Now.instant().toString({ smallestUnit: 'microsecond' }).replace('T', ' ').replace('Z', '')
    await this.#run(insert, [app, name, now])
  }

  async recordUnapplied({ app, name }: MigrationKey): Promise<void> {
    await this.#run(remove, [app, name])
  }

  async #run(sql: string, params: readonly string[]): Promise<void> {
    await this.#database.run({ sql: operationsFor(this.#database.vendor).finish(sql) }, params)
  }

  async #hasTable(): Promise<boolean> {
    return (await this.#database.tableNames()).includes(recordTable)
  }
}
