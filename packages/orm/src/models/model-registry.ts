import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { ForeignKeyField } from '../relations/foreign-key.ts'
import type { ManyToManyField } from '../relations/many-to-many.ts'
import type { ModelMeta } from './model-meta.ts'
import { swapOf } from './swaps.ts'

/** The models of a project, by label. Migrations make registries of their own for the models of a point in history. */
export class ModelRegistry {
  /** By label in lower case, what the migrations called a model before that, the latest name first, in lower case. */
  formerLabels: ReadonlyMap<string, readonly string[]> = new Map()
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

  /** Every model that has not been swapped, in the order they were registered; with `appLabel`, those of one app. */
  all(appLabel?: string): ModelMeta[] {
    return [...this.#models.values()].filter(
      (meta) => meta.swapped === undefined && (appLabel === undefined || meta.appLabel === appLabel),
    )
  }

  /** The models that a project may put another in the place of, whether it has or not. */
  get swappables(): ModelMeta[] {
    return [...this.#models.values()].filter((meta) => meta.options.swappable !== undefined)
  }

  /** The model that a setting names, or whose place it may take. Throws `ImproperlyConfigured` where there is none. */
  swappable(setting: string): ModelMeta {
    const label = this.#labelFor(setting)
    if (label !== undefined) return this.get(this.#nameOf(label) ?? label)
    const known = this.swappables.map((meta) => meta.options.swappable!)
    throw new ImproperlyConfigured(
      `No model is swappable by the setting '${setting}'.${didYouMean(setting, known)} Settings: ${known.join(', ') || 'none'}.`,
    )
  }

  /** Whether the model that a setting names is registered. */
  hasSwappable(setting: string): boolean {
    const label = this.#labelFor(setting)
    return label !== undefined && this.#nameOf(label) !== undefined
  }

  /** The setting by which a model is the one that is used: its own, or that of the model whose place it has. */
  settingOf(meta: ModelMeta): string | undefined {
    const label = meta.label.toLowerCase()
    return this.swappables.find(({ swapped, label: own }) => (swapped ?? own).toLowerCase() === label)?.options
      .swappable
  }

  /** A label with what the model was called before, in lower case. */
  namesOf(label: string): readonly string[] {
    return [label.toLowerCase(), ...(this.formerLabels.get(label.toLowerCase()) ?? [])]
  }

  #nameOf(label: string): string | undefined {
    return this.namesOf(label).find((name) => this.#models.has(name))
  }

  #labelFor(setting: string): string | undefined {
    return swapOf(setting) ?? this.swappables.find((meta) => meta.options.swappable === setting)?.label
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
