import type { Database } from '../../backends/database.ts'
import type { SchemaEditor } from '../../backends/schema-editor.ts'
import { MigrationError } from '../errors.ts'
import { keyOf } from '../migration.ts'
import type { PreparedStep } from './prepare-steps.ts'
import { inDirection, runOperation } from './run-operation.ts'

/**
 * Whether the tables and columns that the first migration of an app makes are there, so that only its record is missing. Throws
 * `MigrationError` where some are and some are not: neither running it nor recording it would be right.
 */
export async function alreadyThere(step: PreparedStep, database: Database): Promise<boolean> {
  if (step.direction === 'backwards' || !step.initial) return false
  const wanted = [...(await madeBy(step, database))].flatMap(([table, { isNew, columns }]) => [
    ...(isNew ? [table] : []),
    ...[...columns].map((column) => `${table}.${column}`),
  ])
  const known = await namesIn(database)
  const missing = wanted.filter((name) => !known.has(folded(name, database)))
  if (missing.length === wanted.length) return false
  if (missing.length === 0) return true
  const key = keyOf(step.migration)
  throw new MigrationError(
    `Of what ${key} makes, the database has a part and lacks ${missing.join(', ')}. Add what is missing and try again, or, where the ` +
      `difference may be, record it as it is: migrate ${step.migration.app} ${step.migration.name} --fake.`,
  )
}

interface Made {
  /** Whether the table itself is made, or only gets the columns. */
  readonly isNew: boolean
  readonly columns: ReadonlySet<string>
}

/** The tables and columns that a migration makes, found out by an editor that only listens. */
async function madeBy(step: PreparedStep, database: Database): Promise<ReadonlyMap<string, Made>> {
  const made = new Map<string, Made>()
  const editor: SchemaEditor = {
    async run() {},
    async createTable({ name, columns }) {
      made.set(name, { isNew: true, columns: new Set(columns.map((column) => column.name)) })
    },
    async dropTable({ name }) {
      made.delete(name)
    },
    async alterTable(before, after, { renamed = new Map() } = {}) {
      const known = made.get(before.name)
      const was = new Set(before.columns.map(({ name }) => renamed.get(name) ?? name))
      const added = after.columns.map(({ name }) => name).filter((name) => !was.has(name) || known?.columns.has(name))
      made.delete(before.name)
      const columns = known?.isNew ? after.columns.map(({ name }) => name) : added
      made.set(after.name, { isNew: known?.isNew ?? false, columns: new Set(columns) })
    },
  }
  for (const one of inDirection(step)) await runOperation(step, one, { database, editor, recording: true })
  return made
}

async function namesIn(database: Database): Promise<ReadonlySet<string>> {
  const names = (await database.introspect()).flatMap(({ name, columns }) => [
    name,
    ...columns.map((column) => `${name}.${column.name}`),
  ])
  return new Set(names.map((name) => folded(name, database)))
}

/** SQLite takes names that differ in case alone for the same. */
function folded(name: string, { vendor }: Database): string {
  return vendor === 'sqlite' ? name.toLowerCase() : name
}
