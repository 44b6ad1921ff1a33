import { isDeepStrictEqual } from 'node:util'
import type { Field } from '../../fields/field.ts'
import { ForeignKeyField, type ForeignKeyOptions } from '../../relations/foreign-key.ts'
import { ManyToManyField, type ManyToManyOptions } from '../../relations/many-to-many.ts'
import { MigrationError } from '../errors.ts'

/** A field as a model or a migration declares it. */
export type FieldDeclaration = Field | ManyToManyField

/** What a migration keeps of a field. */
export interface FieldState {
  readonly factory: string
  /** The options that the database or a historical model knows of; relations have `to`, a label. */
  readonly options: Readonly<Record<string, unknown>>
  /** The field itself, bound to no model; relations name their target by label. */
  readonly declaration: FieldDeclaration
}

/** What concerns forms, checks and storages alone: a change of these needs no migration. */
const forgotten = new Set([
  'blank',
  'choices',
  'editable',
  'helpText',
  'relatedName',
  'schema',
  'storage',
  'uploadTo',
  'validators',
  'verboseName',
])

/** What these say when they are left out, so that saying it is no difference. */
const silent: Readonly<Record<string, boolean>> = {
  autoNow: false,
  autoNowAdd: false,
  null: false,
  primaryKey: false,
  unique: false,
  dbConstraint: true,
  symmetrical: true,
}

/** Indexed unless told otherwise; the others are not. */
const indexedFactories = new Set(['slug', 'foreignKey'])
const autoFactories = new Set(['smallAuto', 'auto', 'bigAuto'])

/** The state of a field of `model`; `to` is the target of a relation that names it by its class. */
export function fieldState(
  declaration: FieldDeclaration,
  model: { app: string; name: string },
  to?: string,
): FieldState {
  const { factory, options: given } = parts(declaration, to)
  const options: Record<string, unknown> = {}
  for (const name of Object.keys(given).sort()) {
    const value = given[name]
    if (value === undefined || typeof value === 'function') continue
    if (forgotten.has(name) || silent[name] === value) continue
    if (name === 'dbIndex' && value === indexedFactories.has(factory)) continue
    if (name === 'primaryKey' && autoFactories.has(factory)) continue
    options[name] = name === 'to' ? qualified(String(value), model) : value
  }
  return { factory, options, declaration: relation(declaration, factory, options) }
}

/** `deconstruct` of a relation resolves its target, which a field that no model has yet cannot do. */
function parts(declaration: FieldDeclaration, to?: string): { factory: string; options: Record<string, unknown> } {
  if (!(declaration instanceof ForeignKeyField || declaration instanceof ManyToManyField)) {
    return declaration.deconstruct()
  }
  const label = to ?? declaration.to
  if (typeof label !== 'string') {
    throw new MigrationError(
      `A relation in a migration names its model by label, such as 'blog.Author'; got the class ${label.name}.`,
    )
  }
  return { factory: declaration.factory, options: { ...declaration.options, to: label } }
}

function qualified(label: string, { app, name }: { app: string; name: string }): string {
  if (label === 'self') return `${app}.${name}`
  return label.includes('.') ? label : `${app}.${label}`
}

function relation(declaration: FieldDeclaration, factory: string, options: Record<string, unknown>): FieldDeclaration {
  const { to, ...rest } = options
  if (declaration instanceof ManyToManyField) return new ManyToManyField(String(to), rest as ManyToManyOptions)
  if (declaration instanceof ForeignKeyField) {
    return new ForeignKeyField(factory as 'foreignKey', String(to), rest as unknown as ForeignKeyOptions)
  }
  return declaration
}

/** The same field with another target: a model was renamed. */
export function retarget(state: FieldState, to: string): FieldState {
  const options = { ...state.options, to }
  return { factory: state.factory, options, declaration: relation(state.declaration, state.factory, options) }
}

/** The label of the model that a relation points to. */
export function targetOf(state: FieldState): string | undefined {
  return typeof state.options.to === 'string' ? state.options.to : undefined
}

export function isManyToMany(state: FieldState): boolean {
  return state.declaration instanceof ManyToManyField
}

export function sameField(one: FieldState, other: FieldState): boolean {
  return one.factory === other.factory && isDeepStrictEqual(comparable(one), comparable(other))
}

/** Temporal and decimal values compare by what they say. */
function comparable(state: FieldState): unknown {
  const { default: initial, ...rest } = state.options
  const isValue = typeof initial === 'object' && initial !== null && Object.getPrototypeOf(initial) !== Object.prototype
  const text = isValue && !Array.isArray(initial) && !(initial instanceof Uint8Array)
  return { ...rest, default: text ? `${initial.constructor.name} ${String(initial)}` : initial }
}
