import { columnIndexName, modelIndexName } from '../../backends/constraint-name.ts'
import { Field } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { type FieldState, fieldState } from './field-state.ts'

export interface IndexState {
  readonly name: string
  /** With `-` in front, descending. */
  readonly fields: readonly string[]
}

export interface UniqueState {
  readonly type: 'unique'
  readonly name: string
  readonly fields: readonly string[]
}

export interface ModelStateOptions {
  /** Where it is not `<app>_<model>`. */
  readonly table?: string | undefined
  readonly indexes: readonly IndexState[]
  readonly constraints: readonly UniqueState[]
  readonly managed: boolean
}

/** A model at a point of the history, as plain data. */
export interface ModelState {
  readonly app: string
  readonly name: string
  readonly fields: ReadonlyMap<string, FieldState>
  readonly options: ModelStateOptions
}

export function labelOf(model: { app: string; name: string }): string {
  return `${model.app}.${model.name}`
}

/** The state of a model of the project. */
export function modelState(meta: ModelMeta): ModelState {
  const app = meta.appLabel
  const fields = new Map<string, FieldState>()
  for (const field of meta.fields) {
    fields.set(
      field.name,
      fieldState(field, { app, name: meta.name }, field instanceof ForeignKeyField ? field.target.label : undefined),
    )
  }
  for (const field of meta.manyToMany)
    fields.set(field.name, fieldState(field, { app, name: meta.name }, field.target.label))
  const column = (name: string) => columnOf(meta, name)
  return {
    app,
    name: meta.name,
    fields,
    options: {
      table: meta.options.table,
      indexes: meta.indexes.map(({ name, fields: names }) => ({
        name:
          name ??
          modelIndexName(
            meta.table,
            names.map((field) => indexColumn(field, column)),
          ),
        fields: names,
      })),
      constraints: meta.constraints.map(({ name, fields: names }) => ({
        type: 'unique',
        name: name ?? columnIndexName(meta.table, names.map(column), '_uniq'),
        fields: names,
      })),
      managed: meta.options.managed ?? true,
    },
  }
}

/** A field of an index as the database names it. */
export function indexColumn(field: string, column: (name: string) => string): { name: string; descending: boolean } {
  return field.startsWith('-')
    ? { name: column(field.slice(1)), descending: true }
    : { name: column(field), descending: false }
}

/** The column of a field; a name that is none stands as it is, for the database to refuse. */
export function columnOf(meta: ModelMeta, name: string): string {
  const field = meta.field(name)
  return field instanceof Field ? field.column : name
}
