import { inspect } from 'node:util'
import { isPending, type Pending, type PendingState, pending } from '@nuages/foundation'
import { FieldFetchBlocked } from '../errors.ts'
import type { ModelMeta, RuntimeModel } from '../models/model-meta.ts'
import { Reference, type Row, stateOf } from '../models/row.ts'
import type { ForeignKeyField } from './foreign-key.ts'
import { loadForPeers } from './load-for-peers.ts'
import { loadedRow } from './load-related.ts'
import type { ReverseField } from './reverse.ts'

interface ModelErrors {
  readonly DoesNotExist: new (message: string) => Error
}

/** Throws `FieldFetchBlocked` where the row's queryset said that nothing is to be fetched. */
function refuseFetch(row: Row, meta: ModelMeta, name: string): void {
  if (stateOf(row).fetchMode !== 'raise') return
  throw new FieldFetchBlocked(
    `${meta.name}.${name} was not loaded, and the row's queryset said fetchMode('raise'): add selectRelated('${name}') or prefetchRelated('${name}').`,
  )
}

/** The row that a foreign key names, before it is loaded. Awaiting it loads it, for all peers of its row. */
export class Ref extends Reference implements Pending {
  readonly #row: Row
  readonly #field: ForeignKeyField
  /** The key of the row it stands for. */
  readonly id: unknown

  constructor(row: Row, field: ForeignKeyField, id: unknown) {
    super()
    this.#row = row
    this.#field = field
    this.id = id
  }

  get target(): ModelMeta {
    return this.#field.target
  }

  get pk(): unknown {
    return this.id
  }

  #loaded(): Row | undefined {
    const row = loadedRow(this.#row, this.#field)
    const key = (row as Record<string, unknown> | null | undefined)?.[this.target.pk.attribute]
    return row && key === this.id ? row : undefined
  }

  async #load(): Promise<Row> {
    const known = this.#loaded()
    if (known) return known
    refuseFetch(this.#row, this.#field.meta, this.#field.name)
    await loadForPeers(this.#row, this.#field)
    // A load that was under way may have begun before the key changed.
    if (!this.#loaded()) await loadForPeers(this.#row, this.#field)
    const row = this.#loaded()
    if (row) return row
    const { DoesNotExist } = this.target.model as unknown as ModelErrors
    throw new DoesNotExist(
      `No ${this.target.name} with key ${String(this.id)}, though ${this.#field.meta.name}.${this.#field.name} names it.`,
    )
  }

  then<T1 = Row, T2 = never>(
    onfulfilled?: ((row: Row) => T1 | PromiseLike<T1>) | null,
    onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
  ): Promise<T1 | T2> {
    return this.#load().then(onfulfilled, onrejected)
  }

  [pending](): PendingState {
    const row = this.#loaded()
    return row ? { ready: true, value: row } : { ready: false, load: () => this.#load() }
  }

  [inspect.custom](): string {
    return `Ref<${this.target.name} ${String(this.id)}>`
  }
}

/** The other side of a one-to-one, before it is loaded: a row or `null`. */
export class ReverseRef implements Pending {
  readonly #row: Row
  readonly #relation: ReverseField

  constructor(row: Row, relation: ReverseField) {
    this.#row = row
    this.#relation = relation
  }

  async #load(): Promise<unknown> {
    if (!stateOf(this.#row).related?.has(this.#relation.name)) {
      refuseFetch(this.#row, this.#relation.meta, this.#relation.name)
      await loadForPeers(this.#row, this.#relation)
    }
    return stateOf(this.#row).related?.get(this.#relation.name) ?? null
  }

  then<T1 = unknown, T2 = never>(
    onfulfilled?: ((row: unknown) => T1 | PromiseLike<T1>) | null,
    onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
  ): Promise<T1 | T2> {
    return this.#load().then(onfulfilled, onrejected)
  }

  [pending](): PendingState {
    const { related } = stateOf(this.#row)
    if (!related?.has(this.#relation.name)) return { ready: false, load: () => this.#load() }
    return { ready: true, value: related.get(this.#relation.name) }
  }

  [inspect.custom](): string {
    return `Ref<${(this.#relation.target.model as RuntimeModel & { name: string }).name}>`
  }
}

/** The row that a foreign key names which was itself left out by `defer` or `only`: the key is loaded first. */
export class DeferredRef implements Pending {
  readonly #row: Row
  readonly #field: ForeignKeyField

  constructor(row: Row, field: ForeignKeyField) {
    this.#row = row
    this.#field = field
  }

  async #load(): Promise<unknown> {
    const values = this.#row as unknown as Record<string, unknown>
    await values[this.#field.attribute]
    return values[this.#field.name]
  }

  then<T1 = unknown, T2 = never>(
    onfulfilled?: ((row: unknown) => T1 | PromiseLike<T1>) | null,
    onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
  ): Promise<T1 | T2> {
    return this.#load().then(onfulfilled, onrejected)
  }

  [pending](): PendingState {
    if (!Object.hasOwn(this.#row, this.#field.attribute)) return { ready: false, load: () => this.#load() }
    const value = (this.#row as unknown as Record<string, unknown>)[this.#field.name]
    return isPending(value) ? value[pending]() : { ready: true, value }
  }

  [inspect.custom](): string {
    return `Ref<${this.#field.target.name}>`
  }
}
