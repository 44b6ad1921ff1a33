import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { ForeignKeyField } from '../relations/foreign-key.ts'
import type { ManyToManyField } from '../relations/many-to-many.ts'
import type { ModelMeta } from './model-meta.ts'

/** The models of a project, by label. Migrations make registries of their own for the models of a point in history. */
export class ModelRegistry {
  readonly #models = new Map<string, ModelMeta>()
  readonly #throughs = new WeakMap<ManyToManyField, ModelMeta>()
  #relatedKeys = new Map<ModelMeta, readonly ForeignKeyField[]>()
  readonly #makeThrough: (field: ManyToManyField) => ModelMeta

  /** `makeThrough` makes the model of a many-to-many's table of pairs. */
  constructor(makeThrough: (field: ManyToManyField) => ModelMeta) {
    this.#makeThrough = makeThrough
  }

  add(meta: ModelMeta): void {
    this.#models.set(meta.label.toLowerCase(), meta)
    this.#relatedKeys = new Map()
  }

  /** A model by its label (`'blog.Post'`, in any case). Throws `ImproperlyConfigured` where there is none. */
  get(label: string): ModelMeta {
    const meta = this.#models.get(label.toLowerCase())
    if (meta) return meta
    const labels = [...this.#models.values()].map((known) => known.label)
    throw new ImproperlyConfigured(
      `No model '${label}' is registered.${didYouMean(label, labels)} Models: ${labels.sort().join(', ') || 'none'}.`,
    )
  }

  /** Every model, in the order they were registered; with `appLabel`, those of one app. */
  all(appLabel?: string): ModelMeta[] {
    return [...this.#models.values()].filter((meta) => appLabel === undefined || meta.appLabel === appLabel)
  }

  throughOf(field: ManyToManyField): ModelMeta {
    let through = this.#throughs.get(field)
    if (!through) {
      through = this.#makeThrough(field)
      this.#throughs.set(field, through)
    }
    return through
  }

  /** Every foreign key that points to a model, those of tables of pairs included: what a deletion must look at. */
  keysTo(target: ModelMeta): readonly ForeignKeyField[] {
    let keys = this.#relatedKeys.get(target)
    if (!keys) {
      const models = this.all()
        .filter((meta) => !meta.proxyFor)
        .flatMap((meta) => [meta, ...meta.manyToMany.filter((field) => field.ownsTable).map((field) => field.through)])
      keys = models.flatMap((meta) => meta.foreignKeys).filter((key) => key.target.concrete === target.concrete)
      this.#relatedKeys.set(target, keys)
    }
    return keys
  }
}
