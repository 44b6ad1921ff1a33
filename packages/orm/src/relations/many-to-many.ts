import type { DeconstructedField, OnlyKnown } from '../fields/field.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { ForeignKeyField } from './foreign-key.ts'
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
  readonly verboseName?: string
  readonly helpText?: string
}

/** A relation through a table of pairs. It has no column of its own. */
export class ManyToManyField {
  readonly factory = 'manyToMany'
  readonly to: RelationTarget
  readonly options: ManyToManyOptions
  name = ''
  /** The model that declares it. */
  meta!: ModelMeta

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

  /** The model of the table of pairs. */
  get through(): ModelMeta {
    return this.meta.registry.throughOf(this)
  }

  /** In the table of pairs, the key of the declaring model. */
  get sourceKey(): ForeignKeyField {
    return this.through.fields[1] as ForeignKeyField
  }

  /** In the table of pairs, the key of the target. */
  get targetKey(): ForeignKeyField {
    return this.through.fields[2] as ForeignKeyField
  }

  get symmetrical(): boolean {
    return this.target === this.meta && (this.options.symmetrical ?? true)
  }

  deconstruct(): DeconstructedField {
    return { factory: this.factory, options: { to: this.target.label, ...this.options } }
  }
}

/** Many rows of this model belong with many of `to`, by a table of pairs that the migrations make. */
export function manyToMany<M, const O extends ManyToManyOptions = {}>(
  to: M,
  options?: O & OnlyKnown<O, ManyToManyOptions>,
): ManyToMany<M> {
  return new ManyToManyField(to as RelationTarget, options) as never
}
