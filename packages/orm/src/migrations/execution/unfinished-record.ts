import type { Database } from '../../backends/database.ts'
import { placeholder } from '../../backends/operations.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import type { SchemaEditor } from '../../backends/schema-editor.ts'
import { char, text, type Vendor } from '../../fields/index.ts'
import { buildModel, createRegistry } from '../../models/register-models.ts'
import { keyOf, type MigrationKey } from '../migration.ts'
import { unfinishedTable } from '../own-tables.ts'
import { modelTable } from '../state/model-tables.ts'

const read = { sql: `SELECT app, name, operations FROM ${unfinishedTable}` }
const insert = `INSERT INTO ${unfinishedTable} (app, name, operations) VALUES (${placeholder}, ${placeholder}, ${placeholder})`
const remove = `DELETE FROM ${unfinishedTable} WHERE app = ${placeholder} AND name = ${placeholder}`

function unfinishedSchema(vendor: Vendor) {
  const fields = { app: char({ maxLength: 255 }), name: char({ maxLength: 255 }), operations: text() }
  const options = { appLabel: 'migrations', table: unfinishedTable }
  return modelTable(buildModel('UnfinishedMigration', fields, options, createRegistry()).meta, vendor)
}

/**
 * Which operations of a migration that is not atomic stand, from its first operation to its end: what a run that was stopped left to the
 * next one. The table is there only while there is something to tell, since Django's own knows no halves.
 */
export class UnfinishedRecord {
  readonly #database: Database
  #table: 'there' | 'none'

  /** `tables` are those that the database has. */
  constructor(database: Database, tables: readonly string[]) {
    this.#database = database
    this.#table = tables.includes(unfinishedTable) ? 'there' : 'none'
  }

  /** By the key of a migration, what its operations that stand are called, in order. */
  async read(): Promise<ReadonlyMap<string, readonly string[]>> {
    if (this.#table === 'none') return new Map()
    const rows = await this.#database.all(read, [])
    return new Map(
      rows.map(([app, name, operations]) => [
        keyOf({ app: String(app), name: String(name) }),
        JSON.parse(String(operations)) as string[],
      ]),
    )
  }

  /** Writes what stands now, in the transaction of the operation. */
  async write({ app, name }: MigrationKey, operations: readonly string[], editor: SchemaEditor): Promise<void> {
    if (this.#table === 'none') await editor.createTable(unfinishedSchema(this.#database.vendor))
    else await this.#run(remove, [app, name])
    this.#table = 'there'
    await this.#run(insert, [app, name, JSON.stringify(operations)])
  }

  /** Forgets a migration, in the transaction that records it as a whole. */
  async forget({ app, name }: MigrationKey, editor: SchemaEditor): Promise<void> {
    if (this.#table === 'none') return
    await this.#run(remove, [app, name])
    if ((await this.#database.all(read, [])).length > 0) return
    await editor.dropTable(unfinishedSchema(this.#database.vendor))
    this.#table = 'none'
  }

  async #run(sql: string, params: readonly string[]): Promise<void> {
    await this.#database.run({ sql: operationsFor(this.#database.vendor).finish(sql) }, params)
  }
}
