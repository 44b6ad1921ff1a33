import type { Database } from '../../backends/database.ts'
import { type Operations, placeholder } from '../../backends/operations.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import { FieldError } from '../../errors.ts'
import type { Field } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { ResultColumns } from '../compile/select-list.ts'
import { outputOfValue, outputs } from '../expressions/output-fields.ts'
import { rawPieces } from './raw-pieces.ts'
import { instanceReader } from './row-reader.ts'

export interface RawOptions {
  /** Names of columns of the result, and the fields that they are: `{ book_title: 'title' }`. */
  readonly translations?: Readonly<Record<string, string>>
}

/** A statement that its author wrote, for rows of a model. */
export interface RawRequest extends RawOptions {
  readonly sql: string
  readonly params: readonly unknown[]
}

/**
 * Runs SQL that its author wrote and makes instances of its rows. Columns that are no field become values beside the others,
 * as they come from the database; fields that are not among the columns are loaded when they are asked for.
 */
export async function rawRows(meta: ModelMeta, request: RawRequest, db: Database): Promise<unknown[]> {
  const pieces = rawPieces(request.sql, request.params.length, `${meta.name}'s raw()`)
  const operations = operationsFor(db.vendor)
  const params = request.params.map(parameter)
  const sql = pieces.reduce(
    (before, piece, index) => `${before}${place(request.params[index - 1], operations)}${piece}`,
  )
  const statement = { sql: operations.finish(sql), bigints: true }
  const { columns, rows } = await db.allNamed(statement, params)
  const layout = layoutOf(meta, columns, request.translations ?? {})
  const reader = instanceReader(meta, layout.columns, true)
  return reader.read(
    rows.map((row) => layout.order.map((at) => row[at])),
    db.alias,
  )
}

/** The type of a value follows from what stands beside it, save for a length of time, which crosses as a number. */
function place(value: unknown, operations: Operations): string {
  return value instanceof Temporal.Duration ? operations.typed('duration', placeholder) : placeholder
}

function parameter(value: unknown, index: number): ReturnType<Field['toSql']> {
  if (value === null) return null
  const field = outputOfValue(value)
  if (field) return field.toSql(value)
  throw new FieldError(`raw() takes values that a column may hold, got ${String(value)} as number ${index + 1}.`)
}

interface Layout {
  readonly columns: ResultColumns
  /** Where each column that the reader expects stands in the result. */
  readonly order: readonly number[]
}

function layoutOf(meta: ModelMeta, names: readonly string[], translations: Readonly<Record<string, string>>): Layout {
  const at = new Map<Field, number>()
  const others: { name: string; at: number }[] = []
  for (const [index, name] of names.entries()) {
    const field = fieldOf(meta, Object.hasOwn(translations, name) ? translations[name]! : name)
    if (field) at.set(field, index)
    else others.push({ name, at: index })
  }
  for (const key of meta.keyFields) {
    if (at.has(key)) continue
    throw new FieldError(`raw() must select the primary key of ${meta.name} (column '${key.column}').`)
  }
  const loaded = meta.fields.filter((field) => at.has(field))
  const fields: Field[] = [...loaded]
  const order = loaded.map((field) => at.get(field)!)
  const annotations = others.map(({ name, at: place }) => {
    order.push(place)
    // Whatever it is, nothing is made of it but numbers of big ones.
    fields.push(outputs.integer)
    return { name, at: fields.length - 1 }
  })
  const isWhole = loaded.length === meta.fields.length
  return {
    columns: { fields, loaded: isWhole ? undefined : loaded, related: [], annotations, selected: undefined },
    order,
  }
}

function fieldOf(meta: ModelMeta, name: string): Field | undefined {
  const lower = name.toLowerCase()
  return meta.fields.find(
    (field) => field.column.toLowerCase() === lower || field.name === name || field.attribute === name,
  )
}
