import { ImproperlyConfigured } from '@nuages/foundation'
import type { Text } from '@nuages/i18n'
import type { DeconstructedField, OnlyKnown } from '../fields/field.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { ForeignKeyField } from './foreign-key.ts'
import type { LimitChoicesTo } from './limit-choices.ts'
import { type RelationTarget, resolveTarget } from './relation-target.ts'

/** The type of a many-to-many relation. */
export interface ManyToMany<M> {
  readonly relation: 'manyToMany'
  readonly to: M
}

export interface ManyToManyOptions {
  readonly blank?: boolean
  /** The table that holds the pairs, where it is not `<table>_<name>`. */
  readonly dbTable?: string
  /** The name of the `reverse` on the other model; checked against it. */
  readonly relatedName?: string
  /** For a relation to `'self'`: whether being related works both ways; it does unless told. */
  readonly symmetrical?: boolean
  /** The model of the table of pairs, where the project has one: it may have fields of its own. */
  readonly through?: object | string
  /** Its keys to this model and to the other, where it has several. */
  readonly throughFields?: readonly [source: string, target: string]
  /** Which rows it may lead to, for forms: `{ isActive: true }`. Django's `limit_choices_to`. */
  readonly limitChoicesTo?: LimitChoicesTo
  readonly verboseName?: Text
  readonly helpText?: Text
}

/** A relation through a table of pairs. It has no column of its own. */
export class ManyToManyField {
  readonly factory = 'manyToMany'
  readonly to: RelationTarget
  readonly options: ManyToManyOptions
  name = ''
  /** The model that declares it. */
  meta!: ModelMeta
  #keys: readonly [ForeignKeyField, ForeignKeyField] | undefined

  constructor(to: RelationTarget, options: ManyToManyOptions = {}) {
    this.to = to
    this.options = options
  }

  bind(name: string, meta: ModelMeta): ManyToManyField {
    const bound = new ManyToManyField(this.to, this.options)
    bound.name = name
    bound.meta = meta
    return bound
  }

  get target(): ModelMeta {
    return resolveTarget(this.to, this.meta, this.name)
  }

  /** Whether the relation's table is its own, and not that of a model. */
  get ownsTable(): boolean {
    return this.options.through === undefined
  }

  /** The model of the table of pairs. */
  get through(): ModelMeta {
    const { through } = this.options
    if (through === undefined) return this.meta.registry.throughOf(this)
    return resolveTarget(through as RelationTarget, this.meta, this.name)
  }

  /** In the table of pairs, the key of the declaring model. */
  get sourceKey(): ForeignKeyField {
    this.#keys ??= this.#findKeys()
    return this.#keys[0]
  }

  /** In the table of pairs, the key of the target. */
  get targetKey(): ForeignKeyField {
    this.#keys ??= this.#findKeys()
    return this.#keys[1]
  }

  #findKeys(): readonly [ForeignKeyField, ForeignKeyField] {
    const { through, target, meta } = this
    const { throughFields } = this.options
    if (throughFields) return [this.#keyNamed(throughFields[0], meta), this.#keyNamed(throughFields[1], target)]
    const sources = through.foreignKeys.filter((key) => key.target === meta)
    const targets = through.foreignKeys.filter((key) => key.target === target)
    const isPair = meta === target ? sources.length === 2 : sources.length === 1 && targets.length === 1
    if (isPair) return meta === target ? [sources[0]!, sources[1]!] : [sources[0]!, targets[0]!]
    throw new ImproperlyConfigured(
      `${meta.name}.${this.name} goes through ${through.name}, which has not just one key to ${meta.name} and one to ` +
        `${target.name}: say which by throughFields: ['${sources[0]?.name ?? 'source'}', '${targets[0]?.name ?? 'target'}'].`,
    )
  }

  #keyNamed(name: string, to: ModelMeta): ForeignKeyField {
    const key = this.through.foreignKeys.find((each) => each.name === name)
    if (key?.target === to) return key
    throw new ImproperlyConfigured(
      `${this.meta.name}.${this.name} has throughFields with '${name}', which is no key of ${this.through.name} to ${to.name}.`,
    )
  }

  get symmetrical(): boolean {
    return this.target === this.meta && (this.options.symmetrical ?? true)
  }

  deconstruct(): DeconstructedField {
    const { through, ...options } = this.options
    const own = through === undefined ? {} : { through: this.through.label }
    return { factory: this.factory, options: { to: this.target.label, ...own, ...options } }
  }
}

/**
 * Many rows of this model belong with many of `to`, by a table of pairs that the migrations make, or by a model of the project's:
 * `{ through: Membership }`.
 */
export function manyToMany<M, const O extends ManyToManyOptions = {}>(
  to: M,
  options?: O & OnlyKnown<O, ManyToManyOptions>,
): ManyToMany<M> {
  return new ManyToManyField(to as RelationTarget, options) as never
}
