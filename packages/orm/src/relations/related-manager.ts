import { type Pending, type PendingState, pending } from '@nuages/foundation'
import { QueryError } from '../errors.ts'
import type { PartialInput } from '../models/create-input.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { type Row, stateOf } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { keyOf } from '../query/key-of-related.ts'
import type { Query } from '../query/query.ts'
import { QuerySet, setBuild, stateOfQuerySet } from '../query/query-set.ts'
import { loadForPeers } from './load-for-peers.ts'
import type { ManyToManyField } from './many-to-many.ts'
import type { RelatedRows } from './related-rows.ts'
import type { ReverseField } from './reverse.ts'

/** A row, or its key. */
export type RowOrKey<M> = Instance<M> | (Instance<M> extends { id: infer K } ? K : never)

/** What a relation to many rows can do beside what a queryset can. */
export interface RelatedOperations<M> {
  /** Relates these rows too. */
  add(...rows: readonly RowOrKey<M>[]): Promise<void>
  /** Takes these rows out of the relation. Over a foreign key, only where the key may be null. */
  remove(...rows: readonly RowOrKey<M>[]): Promise<void>
  /** Relates these rows and no others. */
  set(rows: Iterable<RowOrKey<M>>): Promise<void>
  /** Relates no rows. */
  clear(): Promise<void>
  /** Inserts a row that is related. */
  create(values: PartialInput<FieldsOf<M>>): Promise<Instance<M>>
}

type DefaultManager<M> = M extends { readonly objects: infer O } ? O : QuerySet<M>

/** The rows that a row is related to, many at most: the model's own manager, with `add`, `remove`, `set` and `clear`. */
export type RelatedManager<M> = {
  readonly [K in Exclude<keyof DefaultManager<M>, 'create'>]: DefaultManager<M>[K]
} & RelatedOperations<M>

/** Makes the class of a relation's managers, on top of the target's own manager. */
function managerClass(
  base: typeof QuerySet,
): new (
  row: Row,
  relation: ManyToManyField | ReverseField,
  rows: RelatedRows,
) => object {
  class Manager extends (base as unknown as new (model: unknown) => QuerySet<unknown>) implements Pending {
    readonly #row: Row
    readonly #relation: ManyToManyField | ReverseField
    readonly #rows: RelatedRows

    constructor(row: Row, relation: ManyToManyField | ReverseField, rows: RelatedRows) {
      super(relation.target.model)
      this.#row = row
      this.#relation = relation
      this.#rows = rows
      setBuild(this, () => this.#query(), stateOf(row).alias)
    }

    protected override get chainPrototype(): object {
      return base.prototype
    }

    #query(): Query {
      const { pk } = metaOf(this.#row)
      const key = (this.#row as unknown as Record<string, unknown>)[pk.attribute]
      if (key === null || key === undefined) {
        throw new QueryError(
          `${metaOf(this.#row).name}.${this.#relation.name} cannot be used before the row is saved: it has no key yet.`,
        )
      }
      return this.#rows.query(key)
    }

    get #prefetched(): readonly Row[] | undefined {
      return stateOf(this.#row).prefetched?.get(this.#relation.name)
    }

    override all(): this {
      const copy = super.all()
      const rows = this.#prefetched
      if (rows) Object.assign(stateOfQuerySet(copy), { rows: [...rows], result: Promise.resolve([...rows]) })
      return copy
    }

    override then<T1, T2>(
      onfulfilled?: ((rows: never[]) => T1 | PromiseLike<T1>) | null,
      onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
    ): Promise<T1 | T2> {
      const alone = !stateOf(this.#row).peers && !this.#prefetched
      const loading = alone ? super.then() : this.#load()
      return (loading as Promise<never[]>).then(onfulfilled, onrejected)
    }

    override async *[Symbol.asyncIterator](): AsyncGenerator<never, void, undefined> {
      yield* (await this) as never[]
    }

    async #load(): Promise<readonly Row[]> {
      if (!this.#prefetched) {
        this.#query()
        await loadForPeers(this.#row, this.#relation)
      }
      return [...(this.#prefetched ?? [])]
    }

    override [pending](): PendingState {
      const rows = this.#prefetched
      return rows ? { ready: true, value: rows } : { ready: false, load: () => this.#load() }
    }

    override async count(): Promise<number> {
      return this.#prefetched?.length ?? super.count()
    }

    override async exists(): Promise<boolean> {
      const rows = this.#prefetched
      return rows ? rows.length > 0 : super.exists()
    }

    async #change(change: () => Promise<unknown>): Promise<void> {
      this.#query()
      await change()
      stateOf(this.#row).prefetched?.delete(this.#relation.name)
    }

    #keys(rows: Iterable<unknown>): unknown[] {
      const target: ModelMeta = this.#relation.target
      return [...new Set([...rows].map((row) => keyOf(target, row, this.#relation.name)))]
    }

    add(...rows: readonly unknown[]): Promise<void> {
      return this.#change(() => this.#rows.add(this.#row, this.#keys(rows), rows))
    }

    remove(...rows: readonly unknown[]): Promise<void> {
      return this.#change(() => this.#rows.remove(this.#row, this.#keys(rows)))
    }

    set(rows: Iterable<unknown>): Promise<void> {
      const list = [...rows]
      return this.#change(() => this.#rows.set(this.#row, this.#keys(list), list))
    }

    clear(): Promise<void> {
      return this.#change(() => this.#rows.clear(this.#row))
    }

    override async create(values: object): Promise<never> {
      let created: unknown
      await this.#change(async () => {
        created = await this.#rows.create(this.#row, values, (given) => super.create(given as never))
      })
      return created as never
    }
  }
  return Manager as never
}

const classes = new WeakMap<object, ReturnType<typeof managerClass>>()

/** The manager of a relation of `row`. Its class extends that of the target's own manager. */
export function relatedManager(row: Row, relation: ManyToManyField | ReverseField, rows: RelatedRows): object {
  const { objects } = relation.target.model as unknown as { objects?: object }
  const base = (objects instanceof QuerySet ? objects.constructor : QuerySet) as typeof QuerySet
  let Manager = classes.get(base)
  if (!Manager) {
    Manager = managerClass(base)
    classes.set(base, Manager)
  }
  return new Manager(row, relation, rows)
}
