import { columnIndexName } from '../backends/constraint-name.ts'
import type { Vendor } from '../backends/database.ts'
import type { InspectedTable } from '../backends/inspected-table.ts'
import type { ColumnSchema, IndexSchema } from '../backends/schema.ts'
import { compositePrimaryKey } from '../fields/composite-key-field.ts'
import type { Field } from '../fields/field.ts'
import { ForeignKeyField } from '../relations/foreign-key.ts'
import { ConstraintDrafts } from './draft-constraints.ts'
import { draftField, makeField } from './draft-field.ts'
import type { FieldDraft, ModelDraft } from './model-draft.ts'
import { isJson, isNotBelowZero } from './own-checks.ts'
import { pairNote } from './pair-note.ts'
import type { PropertyNames } from './property-names.ts'
import type { FoundRelation } from './relations-of.ts'
import type { TableKey } from './table-key.ts'

/** What a table needs to know of the others. */
export interface TableContext {
  readonly className: string
  readonly names: PropertyNames
  readonly vendor: Vendor
  readonly key: TableKey
  readonly relations: ReadonlyMap<string, FoundRelation>
  readonly keyType: string | undefined
}

export function draftModel(table: InspectedTable, context: TableContext): ModelDraft {
  const { schema } = table
  const { names, vendor, key, relations, className } = context
  const implied = impliedIndexes(schema.name, schema.columns, schema.indexes, vendor)
  const fields = schema.columns.map((column) =>
    draftField({
      name: names.of(column.name),
      table: schema.name,
      column,
      facts: table.facts.get(column.name),
      vendor,
      isKey: key.columns.length === 1 && key.columns[0] === column.name,
      isIndexed: implied.columns.has(column.name),
      keyType: context.keyType,
      ...relationOf(relations, column.name),
      otherKey: table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column.name),
    }),
  )
  const shown = fields.filter(({ field }) => field instanceof ForeignKeyField && field.isOneToOne)
  const ownIndexes = schema.indexes.filter(
    (index) => !implied.names.has(index.name) && !isOfOneToOne(index, schema.columns, shown, names),
  )
  const options = new ConstraintDrafts(schema, (column) => names.of(column)).draft(
    ownIndexes,
    ownChecks(schema.columns, fields),
  )
  const all = withKey(fields, key, names)
  const pair = pairNote(className, all)
  return {
    className,
    table,
    names,
    fields: all,
    indexes: options.indexes,
    constraints: options.constraints,
    notes: [
      ...tableNotes(table),
      ...(key.note === undefined ? [] : [key.note]),
      ...options.notes,
      ...(pair === undefined ? [] : [pair]),
    ],
  }
}

function relationOf(relations: ReadonlyMap<string, FoundRelation>, column: string): { relation?: FoundRelation } {
  const relation = relations.get(column)
  return relation === undefined ? {} : { relation }
}

/** A key of several columns, or SQLite's own, is one field more. */
function withKey(fields: readonly FieldDraft[], { columns, rowid }: TableKey, names: PropertyNames): FieldDraft[] {
  if (rowid !== undefined) {
    const name = names.add('rowid')
    const options = name === rowid ? {} : { dbColumn: rowid }
    return [{ name, field: makeField({ factory: 'bigAuto', options }), notes: [] }, ...fields]
  }
  if (columns.length < 2) return [...fields]
  const attributes = columns.map((column) => {
    const field = fields.find(({ name }) => name === names.of(column))!
    return field.target === undefined ? field.name : `${field.name}Id`
  })
  const key = compositePrimaryKey(...(attributes as [string, string])) as unknown as Field
  return [{ name: 'pk', field: key, notes: [] }, ...fields]
}

/** The indexes that fields make by themselves, by the names that the ORM and Django give them. */
function impliedIndexes(
  table: string,
  columns: readonly ColumnSchema[],
  indexes: readonly IndexSchema[],
  vendor: Vendor,
) {
  const longest = vendor === 'postgresql' ? 63 : undefined
  const names = new Set<string>()
  const indexed = new Set<string>()
  for (const { name, type, unique, primaryKey } of columns) {
    const found = (wanted: string, opclass?: string) =>
      indexes.find((index) => index.name === wanted && isPlain(index, name, opclass))
    const plain = found(columnIndexName(table, [name], '', longest))
    const text = vendor === 'postgresql' ? /^(varchar|text)(?:\(\d+\))?$/.exec(type)?.[1] : undefined
    const like =
      text === undefined ? undefined : found(columnIndexName(table, [name], '_like', 63), `${text}_pattern_ops`)
    if ((unique || primaryKey) && like !== undefined) names.add(like.name)
    if (unique || plain === undefined || (text !== undefined && like === undefined)) continue
    indexed.add(name)
    names.add(plain.name)
    if (like !== undefined) names.add(like.name)
  }
  return { names, columns: indexed }
}

function isPlain({ columns, unique, condition, include, using }: IndexSchema, name: string, opclass?: string): boolean {
  const [only] = columns
  if (columns.length !== 1 || only?.name !== name || only.isExpression || only.descending) return false
  return only.opclass === opclass && !unique && (condition ?? include ?? using) === undefined
}

function isOfOneToOne(
  index: IndexSchema,
  columns: readonly ColumnSchema[],
  drafts: readonly FieldDraft[],
  names: PropertyNames,
): boolean {
  const [only] = index.columns
  if (!index.unique || index.columns.length !== 1 || index.condition !== undefined || only!.isExpression) return false
  const column = columns.find(({ name }) => name === only!.name)
  return column !== undefined && !column.unique && drafts.some(({ name }) => name === names.of(column.name))
}

/** The conditions of columns that no field makes by itself. */
function ownChecks(columns: readonly ColumnSchema[], drafts: readonly FieldDraft[]): string[] {
  return columns.flatMap((column, at) => {
    if (column.check === undefined) return []
    const { factory } = drafts[at]!.field
    if (factory.startsWith('positive') && isNotBelowZero(column)) return []
    return factory === 'json' && isJson(column) ? [] : [column.check]
  })
}

function tableNotes({ kind, remarks, foreignKeys }: InspectedTable): string[] {
  const what = kind === 'table' ? remarks : [kind, ...remarks]
  const composite = foreignKeys
    .filter(({ columns }) => columns.length > 1)
    .map(
      ({ columns, table, targets }) =>
        `(${columns.join(', ')}) is a foreign key of several columns to ${table} (${targets.join(', ')}).`,
    )
  return [...(what.length > 0 ? [`It is ${article(what[0]!)}${what.join(', ')}.`] : []), ...composite]
}

function article(word: string): string {
  return /^(?:view|materialized|partition$|foreign)/.test(word) ? 'a ' : ''
}
