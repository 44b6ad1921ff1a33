import { ImproperlyConfigured } from '@nuages/foundation'
import type { SqlValue } from '../backends/database.ts'
import {
  type Decoder,
  type DeconstructedField,
  Field,
  type FieldKind,
  type FieldOptions,
  type OnlyKnown,
  type Vendor,
} from '../fields/field.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { LimitChoicesTo } from './limit-choices.ts'
import type { OnDelete } from './on-delete.ts'
import { type RelationTarget, resolveTarget } from './relation-target.ts'

/** The type of a foreign key: to which model, whether the key may be null, whether `create` may leave it out. */
export interface ForeignKey<M, Null extends boolean, Optional extends boolean> {
  readonly relation: 'foreignKey'
  readonly to: M
  readonly nullable: Null
  readonly mayBeLeftOut: Optional
}

/** The type of a one-to-one relation, on the side that holds the key. */
export interface OneToOne<M, Null extends boolean, Optional extends boolean> {
  readonly relation: 'oneToOne'
  readonly to: M
  readonly nullable: Null
  readonly mayBeLeftOut: Optional
}

export interface ForeignKeyOptions extends Omit<FieldOptions, 'choices' | 'primaryKey'> {
  readonly onDelete: OnDelete
  readonly primaryKey?: boolean
  /** The name of the `reverse` on the other model; checked against it. */
  readonly relatedName?: string
  /** Which rows it may lead to, for forms and `fullClean`: `{ isActive: true }`. Django's `limit_choices_to`. */
  readonly limitChoicesTo?: LimitChoicesTo
  /** `false` leaves the constraint out of the database. */
  readonly dbConstraint?: boolean
}

type NullOf<O> = O extends { readonly null: true } ? true : false
type LeftOut<O> = O extends { readonly null: true } | { readonly default: unknown } ? true : false

/** A column that holds another row's key. Its attribute is `authorId`; `author` reads through an accessor. */
export class ForeignKeyField extends Field {
  readonly factory: string
  readonly to: RelationTarget
  readonly onDelete: OnDelete
  readonly relatedName: string | undefined
  readonly dbConstraint: boolean
  /** The model that declares it. */
  meta!: ModelMeta

  constructor(factory: 'foreignKey' | 'oneToOne', to: RelationTarget, options: ForeignKeyOptions) {
    super(factory, options, ['onDelete', 'relatedName', 'limitChoicesTo', 'dbConstraint'])
    this.factory = factory
    this.to = to
    this.onDelete = options.onDelete
    this.relatedName = options.relatedName
    this.dbConstraint = options.dbConstraint ?? true
    if (options.onDelete === undefined) {
      throw new ImproperlyConfigured(`${factory}() needs the option 'onDelete', such as { onDelete: CASCADE }.`)
    }
    if (options.onDelete === 'SET_NULL' && !this.null) {
      throw new ImproperlyConfigured(`${factory}() with onDelete SET_NULL needs { null: true }.`)
    }
    if (factory === 'oneToOne') Object.assign(this, { unique: true })
    Object.assign(this, { dbIndex: options.dbIndex ?? !this.unique })
  }

  protected override attributeFor(name: string): string {
    return `${name}Id`
  }

  /** What the key of the target holds. */
  get kind(): FieldKind {
    return this.target.pk.kind
  }

  get isOneToOne(): boolean {
    return this.factory === 'oneToOne'
  }

  /** The model it points to. Throws `ImproperlyConfigured` where no app has registered it. */
  get target(): ModelMeta {
    return resolveTarget(this.to, this.meta, this.name)
  }

  columnType(vendor: Vendor): string {
    return this.target.pk.columnType(vendor)
  }

  protected encode(value: unknown): SqlValue {
    return this.target.pk.toSql(value)
  }

  override decoder(): Decoder | null {
    return this.target.pk.decoder()
  }

  override get readsBigints(): boolean {
    return this.target.pk.readsBigints
  }

  override parse(value: unknown): unknown {
    return this.target.pk.parse(value)
  }

  override initialValue(): unknown {
    return this.default === undefined ? null : super.initialValue()
  }

  override deconstruct(): DeconstructedField {
    const { factory, options } = super.deconstruct()
    // A migration cannot hold a function, and the database need not know: it is the ORM that sets the key.
    const own = typeof this.onDelete === 'object' ? { onDelete: 'DO_NOTHING' } : {}
    return { factory, options: { to: this.target.label, ...options, ...own } }
  }
}

/** Many rows of this model point to one of `to`. `to` is the model, or, in migrations, its label `'blog.Author'`. */
export function foreignKey<M, const O extends ForeignKeyOptions>(
  to: M,
  options: O & OnlyKnown<O, ForeignKeyOptions>,
): ForeignKey<M, NullOf<O>, LeftOut<O>> {
  return new ForeignKeyField('foreignKey', to as RelationTarget, options) as never
}

/** One row of this model points to one of `to`, and no other row does. */
export function oneToOne<M, const O extends ForeignKeyOptions>(
  to: M,
  options: O & OnlyKnown<O, ForeignKeyOptions>,
): OneToOne<M, NullOf<O>, LeftOut<O>> {
  return new ForeignKeyField('oneToOne', to as RelationTarget, options) as never
}
