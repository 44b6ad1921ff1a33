import { snakeCase, type Vendor } from '../../fields/field.ts'
import { MigrationError } from '../errors.ts'
import { declaredField } from '../state/declared-field.ts'
import { type FieldState, fieldState, retarget, standInTarget } from '../state/field-state.ts'
import {
  type ConstraintState,
  type IndexState,
  labelOf,
  type ModelState,
  type ModelStateOptions,
} from '../state/model-state.ts'
import { ProjectState } from '../state/project-state.ts'
import { changeTables } from './change-tables.ts'
import type { Operation } from './operation.ts'

/** What a model has beside its fields, as a migration writes it down. */
export interface CreateModelOptions {
  /** The table, where it is not `<app>_<model>`. */
  readonly table?: string
  readonly tableComment?: string
  readonly indexes?: readonly IndexState[]
  readonly constraints?: readonly ConstraintState[]
  /** `false`: migrations keep the state of the model and leave its table alone. */
  readonly managed?: boolean
  /** The database that the model needs: others have no table for it. */
  readonly requiredDbVendor?: Vendor
  /** The label of the model whose table and fields it shares; it has no fields then, and the database hears nothing of it. */
  readonly proxyFor?: string
  /** The setting by which a project puts another model in its place: then this one has no table. */
  readonly swappable?: string
}

/** The fields of a model in a migration, by name, in order. What the factories give, their types aside. */
export type FieldDeclarations = Readonly<Record<string, object>>

function assertNew(state: ProjectState, app: string, name: string): void {
  if (!state.find(app, name)) return
  throw new MigrationError(`There is a model ${app}.${name} already at this point of the migrations.`)
}

/** Makes a model: its table, its indexes, and the tables of its many-to-many relations. Django's `CreateModel`. */
export function createModel(name: string, fields: FieldDeclarations, options: CreateModelOptions = {}): Operation {
  return {
    factory: 'createModel',
    arguments: Object.keys(options).length === 0 ? [name, fields] : [name, fields, options],
    description: `Create ${options.proxyFor === undefined ? '' : 'proxy '}model ${name}`,
    nameFragment: snakeCase(name),
    reversible: true,
    applyTo(state, app) {
      assertNew(state, app, name)
      return state.with(newModel(state, app, name, fields, options))
    },
    forwards: (context) => changeTables(context, { before: undefined, after: name }),
    backwards: (context) => changeTables(context, { before: name, after: undefined }),
  }
}

function newModel(
  state: ProjectState,
  app: string,
  name: string,
  fields: FieldDeclarations,
  options: CreateModelOptions,
): ModelState {
  const states = Object.entries(fields).map(([field, given]) => {
    const declaration = declaredField(given, `${app}.${name}.${field}`)
    return [field, fieldState(declaration, { app, name }, standInTarget(declaration, state))] as const
  })
  const { indexes = [], constraints = [], managed = true, ...rest } = options
  return { app, name, fields: new Map<string, FieldState>(states), options: { ...rest, indexes, constraints, managed } }
}

/** Drops a model's tables with all their rows. Django's `DeleteModel`. */
export function deleteModel(name: string): Operation {
  return {
    factory: 'deleteModel',
    arguments: [name],
    description: `Delete model ${name}`,
    nameFragment: `delete_${snakeCase(name)}`,
    reversible: true,
    applyTo: (state, app) => state.without(app, name),
    forwards: (context) => changeTables(context, { before: name, after: undefined }),
    backwards: (context) => changeTables(context, { before: undefined, after: name }),
  }
}

/** Gives a model another name, and with it its table. Relations to it follow. Django's `RenameModel`. */
export function renameModel(from: string, to: string): Operation {
  return {
    factory: 'renameModel',
    arguments: [from, to],
    description: `Rename model ${from} to ${to}`,
    nameFragment: `rename_${snakeCase(from)}_${snakeCase(to)}`,
    reversible: true,
    applyTo(state, app) {
      const old = state.model(app, from)
      if (from.toLowerCase() !== to.toLowerCase()) assertNew(state, app, to)
      return renamed(state, old, to)
    },
    forwards: (context) => changeTables(context, { before: from, after: to }),
    backwards: (context) => changeTables(context, { before: to, after: from }),
  }
}

function renamed(state: ProjectState, old: ModelState, name: string): ProjectState {
  const oldLabel = labelOf(old).toLowerCase()
  const label = `${old.app}.${name}`
  return new ProjectState(
    state.models.map((model) => ({
      ...model,
      name: model === old ? name : model.name,
      fields: new Map([...model.fields].map(([field, own]) => [field, retarget(own, oldLabel, label)])),
      options:
        model.options.proxyFor?.toLowerCase() === oldLabel ? { ...model.options, proxyFor: label } : model.options,
    })),
  )
}

function withOptions(state: ProjectState, app: string, name: string, change: Partial<ModelStateOptions>): ProjectState {
  const model = state.model(app, name)
  return state.with({ ...model, options: { ...model.options, ...change } })
}

/** Gives a model's table another name; `undefined` the one that it has by itself. Django's `AlterModelTable`. */
export function alterModelTable(model: string, table: string | undefined): Operation {
  return {
    factory: 'alterModelTable',
    arguments: [model, table],
    description: `Rename the table of ${model} to ${table ?? 'its default'}`,
    nameFragment: `alter_${snakeCase(model)}_table`,
    reversible: true,
    applyTo: (state, app) => withOptions(state, app, model, { table }),
    forwards: (context) => changeTables(context, { before: model, after: model }),
    backwards: (context) => changeTables(context, { before: model, after: model }),
  }
}

/** Gives a model's table another comment, `undefined` for none. Django's `AlterModelTableComment`. */
export function alterModelTableComment(model: string, tableComment: string | undefined): Operation {
  return {
    factory: 'alterModelTableComment',
    arguments: [model, tableComment],
    description: `Alter the comment of the table of ${model}`,
    nameFragment: `alter_${snakeCase(model)}_table_comment`,
    reversible: true,
    applyTo: (state, app) => withOptions(state, app, model, { tableComment }),
    forwards: (context) => changeTables(context, { before: model, after: model }),
    backwards: (context) => changeTables(context, { before: model, after: model }),
  }
}

/** Hands a table over to migrations, or out of their hands. It changes no table. Django's `AlterModelOptions`. */
export function alterModelManaged(model: string, managed: boolean): Operation {
  return {
    factory: 'alterModelManaged',
    arguments: [model, managed],
    description: `Let migrations ${managed ? 'manage' : 'no longer manage'} ${model}`,
    nameFragment: `alter_${snakeCase(model)}_managed`,
    reversible: true,
    applyTo: (state, app) => withOptions(state, app, model, { managed }),
    forwards: async () => {},
    backwards: async () => {},
  }
}

/**
 * Says which database a model needs, `undefined` for any. It changes no table: where one is needed now, make it. Beyond
 * Django, whose `AlterModelOptions` leaves the option out.
 */
export function alterModelRequiredDbVendor(model: string, vendor: Vendor | undefined): Operation {
  return {
    factory: 'alterModelRequiredDbVendor',
    arguments: [model, vendor],
    description: `Let ${model} be for ${vendor ?? 'every database'}`,
    nameFragment: `alter_${snakeCase(model)}_vendor`,
    reversible: true,
    applyTo: (state, app) => withOptions(state, app, model, { requiredDbVendor: vendor }),
    forwards: async () => {},
    backwards: async () => {},
  }
}
