import { addField, alterField, type OneOff, removeField, renameField } from '../operations/field-operations.ts'
import {
  addConstraint,
  addIndex,
  removeConstraint,
  removeIndex,
  renameConstraint,
  renameIndex,
} from '../operations/index-operations.ts'
import { alterModelTable, alterModelTableComment, deleteModel, renameModel } from '../operations/model-operations.ts'
import type { Operation } from '../operations/operation.ts'
import type { FieldDeclaration } from '../state/field-state.ts'
import { absorbed } from './creation.ts'
import { type Effect, label } from './effect.ts'
import { addedAs, alteredAs, type DeclaredField } from './fold-field.ts'

/** An operation with what it changes; where there is no effect, nobody knows. */
export interface Step {
  readonly operation: Operation
  readonly effect: Effect | undefined
}

export interface KnownStep extends Step {
  readonly effect: Effect
}

/** Whether the second is about the model that the first leaves. */
export function concernSame(first: KnownStep, second: KnownStep, app: string): boolean {
  const { kind, model } = first.effect
  return second.effect.model === (kind === 'renameModel' ? label(app, first.operation.arguments[1]) : model)
}

/**
 * What two operations on one model come to that stand beside each other: one, or none at all; `undefined` where they stay two.
 * Rows that are there must end as they would have.
 */
export function fold(first: KnownStep, second: KnownStep, app: string): readonly Operation[] | undefined {
  const [one, other] = [first.effect, second.effect]
  if (one.kind === 'createModel') {
    return other.kind === 'deleteModel' ? [] : [absorbed(first.operation, second.operation, app)]
  }
  if (one.kind === 'renameModel') return foldRename(first.operation, second.operation)
  if (other.kind === 'deleteModel') return [second.operation]
  if (vanishing[one.kind] === other.kind && nameOf(first.operation) === nameOf(second.operation)) return []
  // How the database is to do it is said of each: what one of them says does not hold for both.
  return pairs[`${first.operation.factory}+${second.operation.factory}`]?.(
    first.operation.arguments,
    second.operation.arguments,
  )
}

function foldRename(first: Operation, second: Operation): readonly Operation[] | undefined {
  const from = String(first.arguments[0])
  if (second.factory === 'deleteModel') return [deleteModel(from)]
  if (second.factory !== 'renameModel') return undefined
  const to = String(second.arguments[1])
  return from === to ? [] : [renameModel(from, to)]
}

/** What comes and goes. */
const vanishing: Readonly<Record<string, string>> = {
  addField: 'removeField',
  addIndex: 'removeIndex',
  addConstraint: 'removeConstraint',
}

/** The name of the field, index or constraint that an operation is about. */
function nameOf({ arguments: [, named] }: Operation): string {
  return typeof named === 'object' ? (named as { name: string }).name : String(named)
}

type Fold = (first: readonly unknown[], second: readonly unknown[]) => readonly Operation[] | undefined

const sameName = ([, one]: readonly unknown[], [, other]: readonly unknown[]) => one === other
const lastOfTwo =
  (make: (model: string, value: never) => Operation): Fold =>
  (_, [model, value]) => [make(String(model), value as never)]

/** By the factories of both, with their arguments. */
const pairs: Readonly<Record<string, Fold>> = {
  'addField+alterField': (first, second) => {
    const field = sameName(first, second) ? addedAs(declared(first), declared(second)) : undefined
    return field && [addField(...named(second), field.field, field.options)]
  },
  'alterField+alterField': (first, second) => {
    const field = sameName(first, second) ? alteredAs(declared(first), declared(second)) : undefined
    return field && [alterField(...named(second), field.field, field.options)]
  },
  'alterField+removeField': (first, second) => (sameName(first, second) ? [removeField(...named(second))] : undefined),
  'addField+renameField': ([model, name, field, options], [, from, to]) =>
    name === from ? [addField(String(model), String(to), field as object, options as OneOff | undefined)] : undefined,
  'renameField+renameField': ([model, from, between], [, next, to]) => {
    if (between !== next) return undefined
    return from === to ? [] : [renameField(String(model), String(from), String(to))]
  },
  'renameField+removeField': ([model, from, to], [, name]) =>
    to === name ? [removeField(String(model), String(from))] : undefined,
  ...renamedEntries('Index', addIndex, removeIndex, renameIndex),
  ...renamedEntries('Constraint', addConstraint, removeConstraint, renameConstraint),
  'alterModelTable+alterModelTable': lastOfTwo(alterModelTable),
  'alterModelTableComment+alterModelTableComment': lastOfTwo(alterModelTableComment),
}

interface NewName {
  readonly from: string
  readonly to: string
}

/** What comes of an index or a constraint that takes another name. */
function renamedEntries<E extends { readonly name: string }>(
  kind: string,
  add: (model: string, entry: E) => Operation,
  remove: (model: string, name: string) => Operation,
  rename: (model: string, names: NewName) => Operation,
): Record<string, Fold> {
  return {
    [`add${kind}+rename${kind}`]: ([model, given], [, names]) => {
      const [entry, { from, to }] = [given as E, names as NewName]
      return entry.name === from ? [add(String(model), { ...entry, name: to })] : undefined
    },
    [`rename${kind}+rename${kind}`]: ([model, first], [, second]) => {
      const [one, other] = [first as NewName, second as NewName]
      if (one.to !== other.from) return undefined
      return one.from === other.to ? [] : [rename(String(model), { from: one.from, to: other.to })]
    },
    [`rename${kind}+remove${kind}`]: ([model, names], [, name]) => {
      const { from, to } = names as NewName
      return to === name ? [remove(String(model), from)] : undefined
    },
  }
}

function named([model, name]: readonly unknown[]): [model: string, name: string] {
  return [String(model), String(name)]
}

function declared([, , field, options = {}]: readonly unknown[]): DeclaredField {
  return { field: field as FieldDeclaration, options: options as OneOff }
}
