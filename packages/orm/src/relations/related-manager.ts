import { type Pending, type PendingState, pending } from '@nuages/foundation'
import type { PartialInput } from '../models/create-input.ts'
import type { FieldsOf, Instance } from '../models/model-class.ts'
import { type Defaults, getOrCreate, updateOrCreate } from '../query/execute/get-or-create.ts'
import type { Conditions } from '../query/q.ts'
import { setBuild, stateOfQuerySet } from '../query/query-chain.ts'
import { QuerySet } from '../query/query-set.ts'
import type { Checked, Filterable } from '../query/types/checked-types.ts'
import type { RelatedOptions, SetOptions } from './related-rows.ts'
import type { RelatedSet } from './related-set.ts'

/** A row, or its key. */
export type RowOrKey<M> = Instance<M> | (Instance<M> extends { id: infer K } ? K : never)

/** What a relation to many rows can do beside what a queryset can. Options come after the rows. */
export interface RelatedOperations<M> {
  /** Relates these rows too. */
  add(...rows: readonly RowOrKey<M>[]): Promise<void>
  add(...rowsAndOptions: readonly [...rows: readonly RowOrKey<M>[], options: RelatedOptions]): Promise<void>
  /** Takes these rows out of the relation. Over a foreign key, only where the key may be null. */
  remove(...rows: readonly RowOrKey<M>[]): Promise<void>
  remove(...rowsAndOptions: readonly [...rows: readonly RowOrKey<M>[], options: RelatedOptions]): Promise<void>
  /** Relates these rows and no others. */
  set(rows: Iterable<RowOrKey<M>>, options?: SetOptions): Promise<void>
  /** Relates no rows. */
  clear(options?: RelatedOptions): Promise<void>
  /** Inserts a row that is related. */
  create(values: PartialInput<FieldsOf<M>>, options?: RelatedOptions): Promise<Instance<M>>
  /** The related row that answers, or a new one; see the queryset's. */
  getOrCreate<const W extends Filterable<FieldsOf<M>>>(
    conditions: W & NoInfer<Checked<FieldsOf<M>, W, unknown>>,
    defaults?: Defaults<PartialInput<FieldsOf<M>>>,
    options?: RelatedOptions,
  ): Promise<[row: Instance<M>, created: boolean]>
  /** The related row that answers, with `defaults` set and saved, or a new one; see the queryset's. */
  updateOrCreate<const W extends Filterable<FieldsOf<M>>>(
    conditions: W & NoInfer<Checked<FieldsOf<M>, W, unknown>>,
    defaults: Defaults<PartialInput<FieldsOf<M>>>,
    createDefaults?: Defaults<PartialInput<FieldsOf<M>>>,
    options?: RelatedOptions,
  ): Promise<[row: Instance<M>, created: boolean]>
}

type DefaultManager<M> = M extends { readonly objects: infer O } ? O : QuerySet<M>

/** The rows that a row is related to, many at most: the model's own manager, with `add`, `remove`, `set` and `clear`. */
export type RelatedManager<M> = {
  readonly [K in Exclude<keyof DefaultManager<M>, 'create' | 'getOrCreate' | 'updateOrCreate'>]: DefaultManager<M>[K]
} & RelatedOperations<M>

type ManagerClass = new (related: RelatedSet) => object

/** Makes the class of a relation's managers, on top of the target's own manager. */
function managerClass(base: typeof QuerySet): ManagerClass {
  class Manager extends (base as unknown as new (model: unknown) => QuerySet<unknown>) implements Pending {
    readonly #related: RelatedSet

    constructor(related: RelatedSet) {
      super(related.relation.target.model)
      this.#related = related
      setBuild(this, () => related.query(), related.row)
    }

    protected override get chainClass(): Function {
      return base
    }

    override all(): this {
      return withLoadedRows(super.all(), this.#related.loaded)
    }

    override then<T1, T2>(
      onfulfilled?: ((rows: never[]) => T1 | PromiseLike<T1>) | null,
      onrejected?: ((reason: unknown) => T2 | PromiseLike<T2>) | null,
    ): Promise<T1 | T2> {
      const asksAlone = this.#related.isAlone && !this.#related.loaded
      const rows = asksAlone ? super.then() : this.#related.load()
      return (rows as Promise<never[]>).then(onfulfilled, onrejected)
    }

    override async *[Symbol.asyncIterator](): AsyncGenerator<never, void, undefined> {
      yield* (await this) as never[]
    }

    override [pending](): PendingState {
      const rows = this.#related.loaded
      return rows ? { ready: true, value: rows } : { ready: false, load: () => this.#related.load() }
    }

    override async count(): Promise<number> {
      return this.#related.loaded?.length ?? super.count()
    }

    override async exists(): Promise<boolean> {
      const rows = this.#related.loaded
      return rows ? rows.length > 0 : super.exists()
    }

    override create(values: object, options: RelatedOptions = {}): Promise<never> {
      return this.#related.create(values, (given) => super.create(given as never), options) as Promise<never>
    }

    override async getOrCreate(
      conditions: object,
      defaults: object = {},
      options: RelatedOptions = {},
    ): Promise<[never, boolean]> {
      const create = (values: object) => this.create(values, options)
      return getOrCreate(this as never, conditions as Conditions, defaults, create) as never
    }

    override async updateOrCreate(
      conditions: object,
      defaults: object,
      createDefaults = defaults,
      options: RelatedOptions = {},
    ): Promise<[never, boolean]> {
      const create = (values: object) => this.create(values, options)
      return updateOrCreate(this as never, conditions as Conditions, defaults, createDefaults, create) as never
    }

    add(...given: readonly unknown[]): Promise<void> {
      const { rows, options } = withOptions(given)
      return this.#related.add(rows, options)
    }

    remove(...given: readonly unknown[]): Promise<void> {
      const { rows, options } = withOptions(given)
      return this.#related.remove(rows, options)
    }

    set(rows: Iterable<unknown>, options: SetOptions = {}): Promise<void> {
      return this.#related.set([...rows], options)
    }

    clear(options: RelatedOptions = {}): Promise<void> {
      return this.#related.clear(options)
    }
  }
  return Manager
}

/** Options stand after the rows, and are neither rows nor keys. */
function withOptions(given: readonly unknown[]): { rows: readonly unknown[]; options: RelatedOptions } {
  const last = given.at(-1)
  const isPlain = typeof last === 'object' && last !== null && Object.getPrototypeOf(last) === Object.prototype
  return isPlain ? { rows: given.slice(0, -1), options: last } : { rows: given, options: {} }
}

/** A queryset that has its rows already, where a manager has loaded them. */
function withLoadedRows<T extends object>(querySet: T, rows: readonly object[] | undefined): T {
  if (rows) Object.assign(stateOfQuerySet(querySet), { rows: [...rows], result: Promise.resolve([...rows]) })
  return querySet
}

const classes = new WeakMap<object, ManagerClass>()

/** The manager of a relation of a row. Its class extends that of the target's own manager. */
export function relatedManager(related: RelatedSet): object {
  const { objects } = related.relation.target.model as unknown as { objects?: object }
  const base = (objects instanceof QuerySet ? objects.constructor : QuerySet) as typeof QuerySet
  let Manager = classes.get(base)
  if (!Manager) {
    Manager = managerClass(base)
    classes.set(base, Manager)
  }
  return new Manager(related)
}
