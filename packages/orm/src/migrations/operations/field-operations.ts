import { didYouMean } from '@nuages/foundation'
import { snakeCase } from '../../fields/field.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { MigrationError } from '../errors.ts'
import { declaredField } from '../state/declared-field.ts'
import { type FieldState, fieldState, renameInField, standInTarget } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import type { ProjectState } from '../state/project-state.ts'
import { renameInOption, renaming } from '../state/rename-in-option.ts'
import { changeTables } from './change-tables.ts'
import type { Operation } from './operation.ts'

export interface OneOff {
  /** What rows that are there already get: in a new column, or where NULL stood. */
  readonly oneOff?: unknown
}

function assertField(model: ModelState, field: string): FieldState {
  const state = model.fields.get(field)
  if (state) return state
  throw new MigrationError(
    `${labelOf(model)} has no field '${field}' at this point of the migrations.${didYouMean(field, model.fields.keys())}`,
  )
}

/** A relation that names its model by a setting names it as it is called at this point. */
function stateOf(name: string, field: object, model: ModelState, state: ProjectState): FieldState {
  const declaration = declaredField(field, `${labelOf(model)}.${name}`)
  return fieldState(declaration, model, standInTarget(declaration, state))
}

function withFields(
  state: ProjectState,
  model: ModelState,
  fields: Iterable<readonly [string, FieldState]>,
): ProjectState {
  return state.with({ ...model, fields: new Map(fields) })
}

const fragment = (model: string, field: string) => `${snakeCase(model)}_${snakeCase(field)}`
const withOneOff = (options: OneOff) => (options.oneOff === undefined ? [] : [{ oneOff: options.oneOff }])

/** Adds a field; existing rows get `oneOff`, else the field's default. Django's `AddField`. */
export function addField(model: string, name: string, field: object, options: OneOff = {}): Operation {
  return {
    factory: 'addField',
    arguments: [model, name, field, ...withOneOff(options)],
    description: `Add field ${name} to ${model}`,
    nameFragment: fragment(model, name),
    reversible: true,
    applyTo(state, app) {
      const own = state.model(app, model)
      if (own.fields.has(name)) {
        throw new MigrationError(`${labelOf(own)} has a field '${name}' already at this point of the migrations.`)
      }
      return withFields(state, own, [...own.fields, [name, stateOf(name, field, own, state)]])
    },
    forwards: (context) =>
      changeTables(context, { before: model, after: model, fill: { field: name, value: options.oneOff } }),
    backwards: (context) => changeTables(context, { before: model, after: model }),
  }
}

/** Removes a field with what its column holds. Django's `RemoveField`. */
export function removeField(model: string, name: string): Operation {
  return {
    factory: 'removeField',
    arguments: [model, name],
    description: `Remove field ${name} from ${model}`,
    nameFragment: `remove_${fragment(model, name)}`,
    reversible: true,
    applyTo(state, app) {
      const own = state.model(app, model)
      assertField(own, name)
      return withFields(
        state,
        own,
        [...own.fields].filter(([field]) => field !== name),
      )
    },
    forwards: (context) => changeTables(context, { before: model, after: model }),
    backwards: (context) => changeTables(context, { before: model, after: model, fill: { field: name } }),
  }
}

/** Changes a field and keeps its values; where NULL stood and no longer may, `oneOff` does. Django's `AlterField`. */
export function alterField(model: string, name: string, field: object, options: OneOff = {}): Operation {
  return {
    factory: 'alterField',
    arguments: [model, name, field, ...withOneOff(options)],
    description: `Alter field ${name} of ${model}`,
    nameFragment: `alter_${fragment(model, name)}`,
    reversible: true,
    applyTo(state, app) {
      const own = state.model(app, model)
      assertField(own, name)
      const next = stateOf(name, field, own, state)
      return withFields(
        state,
        own,
        [...own.fields].map(([key, old]) => [key, key === name ? next : old]),
      )
    },
    forwards: (context) =>
      changeTables(context, { before: model, after: model, fill: { field: name, value: options.oneOff } }),
    backwards: (context) => changeTables(context, { before: model, after: model, fill: { field: name } }),
  }
}

/** Gives a field another name, and its column with it; indexes and constraints follow. Django's `RenameField`. */
export function renameField(model: string, from: string, to: string): Operation {
  return {
    factory: 'renameField',
    arguments: [model, from, to],
    description: `Rename field ${from} of ${model} to ${to}`,
    nameFragment: `rename_${snakeCase(from)}_${fragment(model, to)}`,
    reversible: true,
    applyTo(state, app) {
      const own = state.model(app, model)
      const renamed = assertField(own, from)
      const rename = renaming(from, to, renamed.declaration instanceof ForeignKeyField)
      const { indexes, constraints } = own.options
      return state.with({
        ...own,
        fields: new Map(
          [...own.fields].map(([name, field]) => [name === from ? to : name, renameInField(field, rename)]),
        ),
        options: {
          ...own.options,
          indexes: indexes.map((index) => renameInOption(index, rename)),
          constraints: constraints.map((constraint) => renameInOption(constraint, rename)),
        },
      })
    },
    forwards: (context) => changeTables(context, { before: model, after: model, renamed: new Map([[from, to]]) }),
    backwards: (context) => changeTables(context, { before: model, after: model, renamed: new Map([[to, from]]) }),
  }
}
