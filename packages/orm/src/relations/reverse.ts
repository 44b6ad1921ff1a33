import { ImproperlyConfigured } from '@nuages/foundation'
import type { FieldsOf } from '../models/model-class.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { ForeignKey, ForeignKeyField, OneToOne } from './foreign-key.ts'
import { type ManyToMany, ManyToManyField } from './many-to-many.ts'
import { type RelationTarget, resolveTarget } from './relation-target.ts'

/** The type of the other side of a relation: the rows of `M` whose relation `Via` points here. */
export interface ReverseRelation<M, Via> {
  readonly relation: 'reverse'
  readonly to: M
  readonly via: Via
}

type RelationCheck<F, Via> = Via extends keyof F
  ? F[Via] extends ForeignKey<unknown, boolean, boolean> | OneToOne<unknown, boolean, boolean> | ManyToMany<unknown>
    ? unknown
    : { readonly error: `'${Via & string}' is not a relation` }
  : { readonly error: `no relation '${Via & string}'` }

/** The other side of a foreign key, a one-to-one or a many-to-many of another model. */
export class ReverseField {
  readonly factory = 'reverse'
  readonly to: RelationTarget
  readonly via: string
  name = ''
  /** The model that declares it. */
  meta!: ModelMeta

  constructor(to: RelationTarget, via: string) {
    this.to = to
    this.via = via
  }

  bind(name: string, meta: ModelMeta): ReverseField {
    const bound = new ReverseField(this.to, this.via)
    bound.name = name
    bound.meta = meta
    return bound
  }

  get target(): ModelMeta {
    return resolveTarget(this.to, this.meta, this.name)
  }

  /** The relation that this is the other side of. Throws `ImproperlyConfigured` where it is none, or points elsewhere. */
  get field(): ForeignKeyField | ManyToManyField {
    const { proxyFor } = this.target
    if (proxyFor) {
      throw new ImproperlyConfigured(
        `${this.meta.name}.${this.name} is the reverse of ${this.target.name}.${this.via}, which is a proxy's: write reverse(${proxyFor.concrete.name}, '${this.via}').`,
      )
    }
    const field = this.target.relation(this.via)
    if (field === undefined || field instanceof ReverseField) {
      throw new ImproperlyConfigured(
        `${this.meta.name}.${this.name} is the reverse of ${this.target.name}.${this.via}, which is no foreign key, one-to-one or many-to-many.`,
      )
    }
    if (field.target !== this.meta) {
      throw new ImproperlyConfigured(
        `${this.meta.name}.${this.name} is the reverse of ${this.target.name}.${this.via}, which points to ${field.target.name}.`,
      )
    }
    return field
  }

  /** Whether it leads to one row at most. */
  get isSingle(): boolean {
    const { field } = this
    return !(field instanceof ManyToManyField) && field.isOneToOne
  }
}

/** The rows of `to` whose relation `via` points to a row of this model. It adds no column. */
export function reverse<M, const Via extends keyof FieldsOf<M> & string>(
  to: M,
  via: Via & RelationCheck<FieldsOf<M>, Via>,
): ReverseRelation<M, Via> {
  return new ReverseField(to as RelationTarget, via) as never
}
