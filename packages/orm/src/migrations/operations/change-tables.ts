import { isDeepStrictEqual } from 'node:util'
import type { Database, SqlValue } from '../../backends/database.ts'
import type { ColumnSchema, TableSchema } from '../../backends/schema.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { targetOf } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import type { ProjectState } from '../state/project-state.ts'
import { tablesOfModel } from '../state/state-tables.ts'
import type { OperationContext } from './operation.ts'

export interface ModelChange {
  /** The model's name in the state before, and in the one after where it differs; `undefined` where it is not there. */
  readonly before: string | undefined
  readonly after: string | undefined
  /** Fields that only change their name: old to new. */
  readonly renamed?: ReadonlyMap<string, string>
  /** A field and what existing rows get in it, where its default does not say. */
  readonly fill?: { readonly field: string; readonly value?: unknown }
}

/**
 * Makes the tables of a model, its many-to-manys and the tables that point to it what the state after says. Every schema
 * operation is this one comparison of two states; going backwards is the same with the states exchanged.
 */
export async function changeTables(context: OperationContext, change: ModelChange): Promise<void> {
  const { editor, database } = context
  const before = tablesOf(context.from, context.app, change.before, database)
  const after = tablesOf(context.to, context.app, change.after, database)
  const pairs = matchTables(before, after, change)
  for (const { old, next } of pairs) if (old && !next) await editor.dropTable(old)
  const ownColumns = renamedColumns(change, context)
  const own = pairs.find((pair) => pair.own)
  for (const { own: isOwn, old, next, renamed } of pairs) {
    if (!next) continue
    if (!old) {
      await editor.createTable(next)
      continue
    }
    const current = own?.old && own.next ? withReferences(old, own.old.name, own.next.name, ownColumns) : old
    if (isDeepStrictEqual(current, next)) continue
    const fill = isOwn ? fillValues(change, context) : new Map<string, SqlValue>()
    await editor.alterTable(current, next, { renamed: isOwn ? ownColumns : renamed, fill })
  }
}

interface Matched {
  /** Whether it is the table of the model itself. */
  readonly own: boolean
  readonly old: TableSchema | undefined
  readonly next: TableSchema | undefined
  /** Columns of a table of pairs that are named after a model. */
  readonly renamed: ReadonlyMap<string, string>
}

/** The tables that a change of the model may touch: `''` its own, `#tags` a many-to-many, a label one that points to it. */
function tablesOf(
  state: ProjectState,
  app: string,
  name: string | undefined,
  database: Database,
): Map<string, TableSchema> {
  const tables = new Map<string, TableSchema>()
  if (name === undefined) return tables
  const model = state.model(app, name)
  for (const [part, table] of tablesOfModel(state, model, database)) tables.set(part, table)
  if (tables.size === 0) return tables
  for (const other of pointingTo(state, model)) {
    for (const [part, table] of tablesOfModel(state, other, database)) tables.set(`${labelOf(other)}${part}`, table)
  }
  return tables
}

/** The models whose tables have a column that is of the type of the model's key: those that point to it, and on through their keys. */
function pointingTo(state: ProjectState, model: ModelState): Set<ModelState> {
  const found = new Set<ModelState>()
  const open = [model]
  for (let target = open.pop(); target !== undefined; target = open.pop()) {
    // A key to a proxy leads to the table of the model that it stands for.
    const names = state.models.filter((one) => state.concrete(one) === target)
    const labels = new Set(names.map((one) => labelOf(one).toLowerCase()))
    for (const other of state.models) {
      if (other === model || found.has(other)) continue
      const pointing = [...other.fields.values()].filter((field) => labels.has(targetOf(field)?.toLowerCase() ?? ''))
      if (pointing.length === 0) continue
      found.add(other)
      if (pointing.some(({ declaration }) => declaration instanceof ForeignKeyField && declaration.primaryKey))
        open.push(other)
    }
  }
  return found
}

function matchTables(
  before: ReadonlyMap<string, TableSchema>,
  after: ReadonlyMap<string, TableSchema>,
  change: ModelChange,
): Matched[] {
  const isPart = (key: string) => key === '' || key.startsWith('#')
  const newKey = (key: string) => (key.startsWith('#') ? `#${change.renamed?.get(key.slice(1)) ?? key.slice(1)}` : key)
  const matched: Matched[] = []
  for (const [key, old] of before) {
    const next = after.get(newKey(key))
    // What points to a model is no part of it: it neither comes nor goes with it.
    if (isPart(key) || next)
      matched.push({ own: key === '', old, next, renamed: next ? byPosition(old, next) : new Map() })
  }
  const oldKeys = new Set([...before.keys()].map(newKey))
  for (const [key, next] of after) {
    if (isPart(key) && !oldKeys.has(key)) matched.push({ own: key === '', old: undefined, next, renamed: new Map() })
  }
  return matched
}

/** The columns of a table of pairs keep their places when a model takes another name. */
function byPosition(old: TableSchema, next: TableSchema): Map<string, string> {
  const renamed = new Map<string, string>()
  old.columns.forEach(({ name }, position) => {
    const now = next.columns[position]?.name
    if (now !== undefined && now !== name) renamed.set(name, now)
  })
  return renamed
}

/** Column names of the model's own table that change, for the fields that only change their name. */
function renamedColumns(change: ModelChange, context: OperationContext): Map<string, string> {
  const columns = new Map<string, string>()
  if (change.before === undefined || change.after === undefined) return columns
  const before = context.from.registry.get(`${context.app}.${change.before}`)
  const after = context.to.registry.get(`${context.app}.${change.after}`)
  for (const [from, to] of change.renamed ?? []) {
    const old = before.field(from)?.column
    const next = after.field(to)?.column
    if (old !== undefined && next !== undefined && old !== next) columns.set(old, next)
  }
  for (const field of before.fields) {
    const next = after.field(change.renamed?.get(field.name) ?? field.name)
    if (next && next.column !== field.column) columns.set(field.column, next.column)
  }
  return columns
}

/** A table as it stands once the model's own was renamed: databases keep the references of foreign keys right. */
function withReferences(
  table: TableSchema,
  from: string,
  to: string,
  columns: ReadonlyMap<string, string>,
): TableSchema {
  return {
    ...table,
    columns: table.columns.map((column): ColumnSchema => {
      if (column.references?.table !== from) return column
      const key = column.references.column
      return { ...column, references: { table: to, column: columns.get(key) ?? key } }
    }),
  }
}

function fillValues(change: ModelChange, context: OperationContext): Map<string, SqlValue> {
  const values = new Map<string, SqlValue>()
  if (change.fill === undefined || change.after === undefined) return values
  const field = context.to.registry.get(`${context.app}.${change.after}`).field(change.fill.field)
  // What the database gives by itself it gives to rows that are there, too.
  if (!field || field.generated || (change.fill.value === undefined && field.hasDbDefault)) return values
  const given = change.fill.value
  const value =
    given !== undefined ? given : field.hasDefault ? field.valueForSave(field.initialValue(), true) : undefined
  if (value !== undefined && (value !== null || field.null)) values.set(field.column, field.toSql(value))
  return values
}
