import { didYouMean } from '@nuages/foundation'
import type { Database } from '../backends/database.ts'
import type { InspectedTable, InspectOptions } from '../backends/inspected-table.ts'
import { MigrationError } from '../migrations/errors.ts'
import { defaultImports } from '../migrations/writer/imports.ts'
import { differences } from './differences.ts'
import { draftModels } from './draft-models.ts'
import { madeTables } from './made-tables.ts'
import type { ModelDraft } from './model-draft.ts'
import { reversesOf } from './reverses.ts'
import { type WrittenModel, writeModels } from './write-models.ts'

export interface InspectModelsOptions extends InspectOptions {
  /** Only these tables; views and partitions that are named need not be asked for beside. */
  readonly tables?: readonly string[]
  /** The label of the app that the models are for: classes leave it out where tables start with it. */
  readonly app?: string | undefined
  /** Writes models that migrations manage, where migrations would make just the table that stands. */
  readonly managed?: boolean
  /** Where the file finds the ORM: `'nuages/orm'` unless told. */
  readonly orm?: string
}

/** The tables that migrations themselves need are no models. */
const ownTables = new Set(['django_migrations'])

/**
 * The source of a module with a model for each table of a database. Django's `inspectdb`. Throws `MigrationError` for a table that is
 * not there.
 */
export async function inspectModels(database: Database, options: InspectModelsOptions = {}): Promise<string> {
  const { app, managed = false, orm = defaultImports.orm } = options
  const wanted = options.tables?.length ? options.tables : undefined
  const all = await inspect(database, wanted ? { views: true, partitions: true } : options)
  const tables = wanted
    ? wanted.map((name) => named(all, name))
    : all.filter(({ schema }) => !ownTables.has(schema.name))
  const drafts = draftModels(tables, all, {
    app: app ?? 'inspected',
    prefixed: app !== undefined,
    vendor: database.vendor,
    managed,
  })
  const models = decided(drafts, database, app ?? 'inspected', managed)
  return writeModels(models, headOf(database, models, managed), orm)
}

async function inspect(database: Database, options: InspectOptions): Promise<InspectedTable[]> {
  if (database.inspect) return database.inspect(options)
  const tables = await database.introspect()
  return tables.map((schema) => ({
    kind: 'table',
    schema,
    key: schema.columns.filter(({ primaryKey }) => primaryKey).map(({ name }) => name),
    foreignKeys: schema.columns.flatMap(({ name, references }) =>
      references ? [{ columns: [name], table: references.table, targets: [references.column] }] : [],
    ),
    facts: new Map(),
    remarks: [],
  }))
}

function named(all: readonly InspectedTable[], name: string): InspectedTable {
  const found = all.find(({ schema }) => schema.name === name)
  if (found) return found
  const names = all.map(({ schema }) => schema.name)
  throw new MigrationError(
    `The database has no table '${name}'.${didYouMean(name, names)} Tables: ${names.join(', ') || 'none'}.`,
  )
}

/** Whether migrations may manage a table is decided by what they would make of its model. */
function decided(drafts: readonly ModelDraft[], database: Database, app: string, managed: boolean): WrittenModel[] {
  const reverses = reversesOf(drafts)
  if (!managed) return drafts.map((draft) => ({ ...draft, managed: false, reverses: reverses.get(draft) ?? [] }))
  const made = madeTables(drafts, app, database.vendor)
  return drafts.map((draft) => {
    const { kind, schema } = draft.table
    const table = made.get(draft)
    const found = typeof table === 'object' ? differences(schema, table) : [table ?? 'it cannot be told']
    const isManaged = kind === 'table' && found.length === 0
    const notes =
      kind !== 'table' || isManaged
        ? []
        : ['Migrations would make another table. They differ in:', ...found.map((one) => `- ${one}`)]
    return { ...draft, managed: isManaged, notes: [...draft.notes, ...notes], reverses: reverses.get(draft) ?? [] }
  })
}

function headOf({ alias, vendor }: Database, models: readonly WrittenModel[], managed: boolean): string[] {
  const kind = { sqlite: 'SQLite', postgresql: 'PostgreSQL' }[vendor as 'sqlite'] ?? vendor
  const head = [`Models of the database '${alias}' (${kind}), as inspectdb found it.`]
  if (models.length === 0) return [...head, 'It has no tables.']
  return [
    ...head,
    'Look it over: rename classes and fields (their tables and columns are named), and say what rows do when the row',
    'they lead to is deleted, where DO_NOTHING leaves that to the database.',
    ...(managed
      ? ['Migrations make and change these tables, save those with managed: false.']
      : ['managed: false keeps migrations away from the tables; take it out where they shall make and change them.']),
  ]
}
