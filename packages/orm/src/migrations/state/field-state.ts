import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import type { Field } from '../../fields/field.ts'
import { GeneratedField } from '../../fields/generated-field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { models } from '../../models/register-models.ts'
import { swappable } from '../../models/swappable.ts'
import { settingOf } from '../../models/swaps.ts'
import { ForeignKeyField, type ForeignKeyOptions } from '../../relations/foreign-key.ts'
import { ManyToManyField, type ManyToManyOptions } from '../../relations/many-to-many.ts'
import type { RelationTarget } from '../../relations/relation-target.ts'
import { MigrationError } from '../errors.ts'
import { lastingOptions } from './lasting-options.ts'
import { isSame } from './plain-form.ts'
import { type Rename, renameInExpression } from './rename-in-option.ts'

/** A field as a model or a migration declares it. */
export type FieldDeclaration = Field | ManyToManyField

/** What a migration keeps of a field. */
export interface FieldState {
  readonly factory: string
  /** The options that the database or a historical model knows of; relations have `to`, a label. */
  readonly options: Readonly<Record<string, unknown>>
  /** The setting that names the target, where it does; `to` is what it names today. Two such fields are the same by `to` alone. */
  readonly swappable?: string
  /** The field itself, bound to no model; relations name their target by label. */
  readonly declaration: FieldDeclaration
}

/** Options that name a model. */
const labels = ['to', 'through']

/** The target of a relation that names it by its class, and the setting by which the project has that model. */
export interface TargetState {
  readonly to: string
  readonly swappable: string | undefined
}

/** The state of a field of `model`. */
export function fieldState(
  declaration: FieldDeclaration,
  model: { app: string; name: string },
  target: TargetState | undefined = standInTarget(declaration),
): FieldState {
  const { factory, options: given } = parts(declaration, target?.to)
  const options = lastingOptions(factory, given)
  for (const name of labels) if (name in options) options[name] = qualified(String(options[name]), model)
  const { swappable } = target ?? {}
  const own = { factory, options, declaration: relation(declaration, factory, options, swappable) }
  return swappable === undefined ? own : { ...own, swappable }
}

/** The models of a point of the history, as far as a relation looks at them. */
interface KnownModels {
  byLabel(label: string): { readonly app: string; readonly name: string } | undefined
}

/** What `swappable('…')` in a migration file stands for: the model under the name that it has in `state`, or else today. */
export function standInTarget(declaration: FieldDeclaration, state?: KnownModels): TargetState | undefined {
  const setting = 'to' in declaration ? settingOf(declaration.to) : undefined
  if (setting === undefined) return undefined
  const { label } = models.swappable(setting)
  const known = models.namesOf(label).flatMap((name) => state?.byLabel(name) ?? [])[0]
  return { to: known ? `${known.app}.${known.name}` : label, swappable: setting }
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
  const options: Record<string, unknown> = { ...declaration.options, to: label }
  // It is the ORM that sets the key, by a function that a migration cannot hold.
  if (typeof options.onDelete === 'object') options.onDelete = 'DO_NOTHING'
  if (typeof options.through === 'function') options.through = (options.through as { meta?: ModelMeta }).meta?.label
  return { factory: declaration.factory, options }
}

function qualified(label: string, { app, name }: { app: string; name: string }): string {
  if (label === 'self') return `${app}.${name}`
  return label.includes('.') ? label : `${app}.${label}`
}

function relation(
  declaration: FieldDeclaration,
  factory: string,
  options: Record<string, unknown>,
  setting?: string,
): FieldDeclaration {
  const { to: label, ...rest } = options
  const to = setting === undefined ? String(label) : swappable<RelationTarget>(setting)
  if (declaration instanceof ManyToManyField) return new ManyToManyField(to, rest as ManyToManyOptions)
  if (declaration instanceof ForeignKeyField) {
    return new ForeignKeyField(factory as 'foreignKey', to, rest as unknown as ForeignKeyOptions)
  }
  return declaration
}

/** A field that speaks of a model by its new label; `from` is the old one, in lower case. */
export function retarget(state: FieldState, from: string, to: string): FieldState {
  const named = labels.filter((name) => String(state.options[name]).toLowerCase() === from)
  if (named.length === 0) return state
  const options = { ...state.options, ...Object.fromEntries(named.map((name) => [name, to])) }
  return { ...state, options, declaration: relation(state.declaration, state.factory, options, state.swappable) }
}

/** The same field with an option more. */
export function withOption(state: FieldState, name: string, value: unknown): FieldState {
  const options = { ...state.options, [name]: value }
  const { declaration } = state
  if (declaration instanceof ManyToManyField || declaration instanceof ForeignKeyField) {
    return { ...state, options, declaration: relation(declaration, state.factory, options, state.swappable) }
  }
  const copy: Field = Object.create(Object.getPrototypeOf(declaration))
  const given = { ...declaration.options, [name]: value }
  return { ...state, options, declaration: Object.assign(copy, declaration, { options: given }) }
}

/** A computed field whose expression speaks of another by its new name; any other field as it is. */
export function renameInField(state: FieldState, rename: Rename): FieldState {
  if (state.declaration instanceof CompositeKeyField) {
    const names = state.declaration.names.map(rename)
    return { ...state, options: { names }, declaration: new CompositeKeyField(names) }
  }
  if (!(state.declaration instanceof GeneratedField)) return state
  const options = { ...state.options, expression: renameInExpression(state.options.expression, rename) }
  return { ...state, options, declaration: new GeneratedField(options as never) }
}

/** The label of the model that a relation points to. */
export function targetOf(state: FieldState): string | undefined {
  return typeof state.options.to === 'string' ? state.options.to : undefined
}

/** The labels of the models that must be there for a field: that it points to, and that which holds its pairs. */
export function relatedLabels(state: FieldState): string[] {
  return labels.map((name) => state.options[name]).filter((label) => typeof label === 'string')
}

export function isManyToMany(state: FieldState): boolean {
  return state.declaration instanceof ManyToManyField
}

export function sameField(one: FieldState, other: FieldState): boolean {
  return one.factory === other.factory && isSame(one.options, other.options)
}
