import { snakeCase } from '../../fields/field.ts'
import { MigrationError } from '../errors.ts'
import { type ConstraintState, type IndexState, labelOf } from '../state/model-state.ts'
import type { ProjectState } from '../state/project-state.ts'
import { changeTables } from './change-tables.ts'
import type { Operation } from './operation.ts'

type Kind = 'indexes' | 'constraints'

function add(
  state: ProjectState,
  app: string,
  name: string,
  kind: Kind,
  entry: IndexState | ConstraintState,
): ProjectState {
  const model = state.model(app, name)
  return state.with({ ...model, options: { ...model.options, [kind]: [...model.options[kind], entry] } })
}

function remove(state: ProjectState, app: string, name: string, kind: Kind, entry: string): ProjectState {
  const model = state.model(app, name)
  const known: readonly (IndexState | ConstraintState)[] = model.options[kind]
  const kept = known.filter((one) => one.name !== entry)
  if (kept.length === known.length) {
    const names = known.map((one) => one.name).join(', ')
    throw new MigrationError(`${labelOf(model)} has no '${entry}' among its ${kind}: ${names || 'none'}.`)
  }
  return state.with({ ...model, options: { ...model.options, [kind]: kept } })
}

function rename(state: ProjectState, app: string, name: string, kind: Kind, { from, to }: NewName): ProjectState {
  const entry = (state.model(app, name).options[kind] as readonly (IndexState | ConstraintState)[]).find(
    (one) => one.name === from,
  )
  const without = remove(state, app, name, kind, from)
  return add(without, app, name, kind, { ...entry!, name: to })
}

/** The name that an index or a constraint has, and the one that it gets. */
export interface NewName {
  readonly from: string
  readonly to: string
}

function operation(
  model: string,
  parts: Pick<Operation, 'factory' | 'arguments' | 'description' | 'nameFragment' | 'applyTo'>,
): Operation {
  const step: Operation['forwards'] = (context) => changeTables(context, { before: model, after: model })
  return { ...parts, reversible: true, forwards: step, backwards: step }
}

/** Django's `AddIndex`. */
export function addIndex(model: string, index: IndexState): Operation {
  return operation(model, {
    factory: 'addIndex',
    arguments: [model, index],
    description: `Create index ${index.name} on ${model}`,
    nameFragment: `${snakeCase(model)}_${index.name}`,
    applyTo: (state, app) => add(state, app, model, 'indexes', index),
  })
}

/** Django's `RemoveIndex`. */
export function removeIndex(model: string, name: string): Operation {
  return operation(model, {
    factory: 'removeIndex',
    arguments: [model, name],
    description: `Remove index ${name} from ${model}`,
    nameFragment: `remove_${snakeCase(model)}_${name}`,
    applyTo: (state, app) => remove(state, app, model, 'indexes', name),
  })
}

/** Gives an index another name: at once on PostgreSQL, while SQLite makes it anew. Django's `RenameIndex`. */
export function renameIndex(model: string, { from, to }: NewName): Operation {
  return operation(model, {
    factory: 'renameIndex',
    arguments: [model, { from, to }],
    description: `Rename index ${from} of ${model} to ${to}`,
    nameFragment: `rename_${from}_${to}`,
    applyTo: (state, app) => rename(state, app, model, 'indexes', { from, to }),
  })
}

/** Django's `AddConstraint`. */
export function addConstraint(model: string, constraint: ConstraintState): Operation {
  return operation(model, {
    factory: 'addConstraint',
    arguments: [model, constraint],
    description: `Create constraint ${constraint.name} on ${model}`,
    nameFragment: `${snakeCase(model)}_${constraint.name}`,
    applyTo: (state, app) => add(state, app, model, 'constraints', constraint),
  })
}

/** Django's `RemoveConstraint`. */
export function removeConstraint(model: string, name: string): Operation {
  return operation(model, {
    factory: 'removeConstraint',
    arguments: [model, name],
    description: `Remove constraint ${name} from ${model}`,
    nameFragment: `remove_${snakeCase(model)}_${name}`,
    applyTo: (state, app) => remove(state, app, model, 'constraints', name),
  })
}

/**
 * Gives a constraint another name: at once on PostgreSQL, while SQLite rebuilds the table. Django has none: there it goes and
 * comes.
 */
export function renameConstraint(model: string, { from, to }: NewName): Operation {
  return operation(model, {
    factory: 'renameConstraint',
    arguments: [model, { from, to }],
    description: `Rename constraint ${from} of ${model} to ${to}`,
    nameFragment: `rename_${from}_${to}`,
    applyTo: (state, app) => rename(state, app, model, 'constraints', { from, to }),
  })
}
