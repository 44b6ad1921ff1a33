import { didYouMean } from '@nuages/foundation'
import type { Database } from '../backends/database.ts'
import type { InspectedTable, InspectOptions } from '../backends/inspected-table.ts'
import { MigrationError } from '../migrations/errors.ts'
import { ownTables } from '../migrations/own-tables.ts'
import { defaultImports } from '../migrations/writer/imports.ts'
import { differences } from './differences.ts'
import { draftModels } from './draft-models.ts'
import { madeTables } from './made-tables.ts'
import type { ModelDraft } from './model-draft.ts'
import { reversesOf } from './reverses.ts'
import { type WrittenModel, writeModels } from './write-models.ts'

/** A model that there is, or the table of one of its many-to-many relations. */
export interface KnownModel {
  readonly table: string
  /** Its class, and the module that exports it, as the new one names it; nothing can lead to what has none. */
  readonly model?: { readonly name: string; readonly from: string }
}

export interface InspectModelsOptions extends InspectOptions {
  /** Only these tables; views and partitions that are named need not be asked for beside. */
  readonly tables?: readonly string[]
  /** The label of the app that the models are for: classes leave it out where tables start with it. */
  readonly app?: string | undefined
  /** Writes models that migrations manage, where migrations would make just the table that stands. */
  readonly managed?: boolean
  /** Models that the project has: their tables are left out, unless they are named, and relations lead to their classes. */
  readonly known?: readonly KnownModel[]
  /** Where the file finds the ORM: `'nuages/orm'` unless told. */
  readonly orm?: string
}

/**
 * The source of a module with a model for each table of a database. Django's `inspectdb`. Throws `MigrationError` for a table that is
 * not there.
 */
export async function inspectModels(database: Database, options: InspectModelsOptions = {}): Promise<string> {
  const { app, managed = false, orm = defaultImports.orm, known = [] } = options
  const wanted = options.tables?.length ? options.tables : undefined
  const all = await inspect(database, wanted ? { views: true, partitions: true } : options)
  const standing = new Set(all.map(({ schema }) => schema.name))
  const passed = wanted ? [] : known.filter(({ table }) => standing.has(table))
  const others = new Map(
    known.flatMap(({ table, model }) =>
      model && standing.has(table) && !wanted?.includes(table) ? [[table, model]] : [],
    ),
  )
  const tables = wanted
    ? wanted.map((name) => named(all, name))
    : all.filter(({ schema }) => !isPassed(schema.name, passed))
  const drafts = draftModels([...tables, ...all.filter(({ schema }) => others.has(schema.name))], all, {
    app: app ?? 'inspected',
    prefixed: app !== undefined,
    vendor: database.vendor,
    managed,
    known: new Map([...others].map(([table, { name }]) => [table, name])),
  })
  const models = decided(drafts, tables.length, database, app ?? 'inspected', managed)
  const paths = new Map([...others.values()].map(({ name, from }) => [name, from]))
  return writeModels(models, headOf(database, models, passed, managed), { orm, models: paths })
}

function isPassed(table: string, known: readonly KnownModel[]): boolean {
  return ownTables.has(table) || known.some((one) => one.table === table)
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

/** The first `count` drafts as they are written. Whether migrations may manage a table is decided by what they would make of its model. */
function decided(
  drafts: readonly ModelDraft[],
  count: number,
  database: Database,
  app: string,
  managed: boolean,
): WrittenModel[] {
  const own = drafts.slice(0, count)
  const reverses = reversesOf(own)
  const made = managed ? madeTables(drafts, app, database.vendor) : undefined
  return own.map((draft) => {
    const { kind, schema } = draft.table
    const table = made?.get(draft)
    const found = typeof table === 'object' ? differences(schema, table) : table === undefined ? [] : [table]
    const isManaged = managed && kind === 'table' && found.length === 0
    const notes =
      kind !== 'table' || found.length === 0
        ? []
        : ['Migrations would make another table. They differ in:', ...found.map((one) => `- ${one}`)]
    return { ...draft, managed: isManaged, notes: [...draft.notes, ...notes], reverses: reverses.get(draft) ?? [] }
  })
}

function headOf(
  { alias, vendor }: Database,
  models: readonly WrittenModel[],
  passed: readonly KnownModel[],
  managed: boolean,
): string[] {
  const kind = { sqlite: 'SQLite', postgresql: 'PostgreSQL' }[vendor as 'sqlite'] ?? vendor
  const head = [`Models of the database '${alias}' (${kind}), as inspectdb found it.`]
  const left = passed.map(({ table }) => table).sort()
  if (left.length > 0) head.push(`Left out, since the project has models of them: ${left.join(', ')}.`)
  if (models.length === 0) return [...head, left.length > 0 ? 'It has no other tables.' : 'It has no tables.']
  return [
    ...head,
    'Look it over: rename classes and fields (their tables and columns are named), and say what becomes of rows when the row ' +
      'that they lead to is deleted, which DO_NOTHING leaves to the database.',
    ...(managed
      ? ['Migrations make and change these tables, save those with managed: false.']
      : ['managed: false keeps migrations away from the tables; take it out where they shall make and change them.']),
  ]
}
