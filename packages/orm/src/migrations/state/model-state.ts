import { columnIndexName, modelIndexName } from '../../backends/constraint-name.ts'
import { Field, type Vendor } from '../../fields/field.ts'
import type { Constraint, Index } from '../../models/constraints.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { models } from '../../models/register-models.ts'
import { swapOf } from '../../models/swaps.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { type FieldState, fieldState, type TargetState } from './field-state.ts'

/** An index as a migration keeps it: by its name. */
export type IndexState = Index & { readonly name: string }

/** A constraint as a migration keeps it: by its name, without what it says to people. */
export type ConstraintState = Constraint & { readonly name: string }

export interface ModelStateOptions {
  /** Where it is not `<app>_<model>`. */
  readonly table?: string | undefined
  readonly tableComment?: string | undefined
  readonly indexes: readonly IndexState[]
  readonly constraints: readonly ConstraintState[]
  readonly managed: boolean
  /** The database that the model needs: in others it has no table. */
  readonly requiredDbVendor?: Vendor | undefined
  /** The label of the model whose table and fields it shares; then it has no fields of its own. */
  readonly proxyFor?: string | undefined
  /** The setting by which a project puts another model in its place; it has no table then. */
  readonly swappable?: string | undefined
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

/** Whether migrations make and change a table for the model in databases of a vendor. */
export function ownsTable(model: ModelState, vendor: Vendor): boolean {
  const { managed, proxyFor, requiredDbVendor = vendor } = model.options
  return managed && proxyFor === undefined && requiredDbVendor === vendor && !isSwapped(model)
}

/** Whether the project has another model in its place, today: files of migrations do not say which. */
function isSwapped(model: ModelState): boolean {
  const { swappable } = model.options
  const label = swappable === undefined ? undefined : swapOf(swappable)
  return label !== undefined && !models.namesOf(label).includes(labelOf(model).toLowerCase())
}

/** The name of the table that a model has, or would have. */
export function tableOf({ app, name, options }: ModelState): string {
  return options.table ?? `${app}_${name.toLowerCase()}`
}

/** The state of a model of the project. */
export function modelState(meta: ModelMeta): ModelState {
  const app = meta.appLabel
  if (meta.proxyFor) return proxyState(meta, meta.proxyFor.label)
  const fields = new Map<string, FieldState>()
  for (const field of meta.fields) {
    const target = field instanceof ForeignKeyField ? targetState(field.target) : undefined
    fields.set(field.name, fieldState(field, { app, name: meta.name }, target))
  }
  if (meta.keyFields.length > 1) fields.set('pk', fieldState(meta.pk, { app, name: meta.name }))
  for (const field of meta.manyToMany)
    fields.set(field.name, fieldState(field, { app, name: meta.name }, targetState(field.target)))
  return {
    app,
    name: meta.name,
    fields,
    options: {
      table: meta.options.table,
      tableComment: meta.options.tableComment,
      indexes: meta.indexes.map((index) => indexState(meta, index)),
      constraints: meta.constraints.map((constraint) => constraintState(meta, constraint)),
      managed: meta.options.managed ?? true,
      requiredDbVendor: meta.options.requiredDbVendor,
      swappable: meta.options.swappable,
    },
  }
}

/** However a relation names the model of a setting, it goes to whichever the setting names, so the file holds good elsewhere. */
function targetState(target: ModelMeta): TargetState {
  return { to: target.label, swappable: target.registry.settingOf(target) }
}

function proxyState({ appLabel: app, name }: ModelMeta, proxyFor: string): ModelState {
  return { app, name, fields: new Map(), options: { indexes: [], constraints: [], managed: true, proxyFor } }
}

function indexState(meta: ModelMeta, index: Index): IndexState {
  const columns = (index.fields ?? []).map((field) => indexColumn(field, (name) => columnOf(meta, name)))
  const { name, ...rest } = index
  return { name: name ?? modelIndexName(meta.table, columns), ...rest }
}

function constraintState(meta: ModelMeta, constraint: Constraint): ConstraintState {
  const { type, name, violationErrorCode: _code, violationErrorMessage: _message, ...rest } = constraint
  const columns = 'fields' in rest ? (rest.fields ?? []).map((field) => columnOf(meta, field)) : []
  return { type, name: name ?? columnIndexName(meta.table, columns, '_uniq'), ...rest } as ConstraintState
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
