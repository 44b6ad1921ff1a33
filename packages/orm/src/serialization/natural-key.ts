import { database } from '../backends/registry.ts'
import type { Instance } from '../models/model-class.ts'
import type { ModelMeta, RuntimeModel } from '../models/model-meta.ts'
import type { QuerySet } from '../query/query-set.ts'
import { SerializationError } from './errors.ts'

/** What names a row in every database, whatever its primary key. */
export type NaturalKey = readonly unknown[]

/** A row that has such a name. Django's `natural_key`. */
export interface NaturallyKeyed {
  naturalKey(): NaturalKey | Promise<NaturalKey>
}

/** The natural key of the model `M`, as its rows give it. */
export type NaturalKeyOf<M> =
  Instance<M> extends { naturalKey(): infer K } ? Extract<Awaited<K>, readonly unknown[]> : never

/**
 * What the manager of a model with natural keys has; where it says that it implements this, the compiler sees to it that both
 * sides have the same key: `class TagManager extends QuerySet<typeof Tag> implements ByNaturalKey<typeof Tag>`.
 */
export interface ByNaturalKey<M> {
  /** The row of that key; throws the model's `DoesNotExist`. Django's `get_by_natural_key`. */
  getByNaturalKey(...key: NaturalKeyOf<M>): Promise<Instance<M>>
}

/** The model's class with what it may say of natural keys. */
interface Declared {
  readonly prototype: Partial<NaturallyKeyed>
  readonly objects?: object
  readonly naturalKeyDependencies?: readonly (RuntimeModel | string)[]
}

function declared(meta: ModelMeta): Declared {
  return meta.model as unknown as Declared
}

/** Whether rows of the model have natural keys. */
export function hasNaturalKey(meta: ModelMeta): boolean {
  return typeof declared(meta).prototype.naturalKey === 'function'
}

/** Whether rows of the model can be found by natural keys. */
export function findsByNaturalKey(meta: ModelMeta): boolean {
  return typeof (declared(meta).objects as Partial<ByNaturalKey<never>> | undefined)?.getByNaturalKey === 'function'
}

export async function naturalKeyOf(row: object): Promise<NaturalKey> {
  const key = await (row as NaturallyKeyed).naturalKey()
  if (Array.isArray(key)) return key
  const { name } = row.constructor
  throw new SerializationError(`${name}.naturalKey() gave ${String(key)}; it gives a list, such as [this.slug].`)
}

/** The row of a natural key, in that database. Throws the model's `DoesNotExist`. */
export function rowByNaturalKey(meta: ModelMeta, key: NaturalKey, alias: string): Promise<object> {
  const manager = declared(meta).objects as QuerySet<unknown> & { getByNaturalKey(...key: NaturalKey): Promise<object> }
  return manager.using(database(alias).alias).getByNaturalKey(...key)
}

/** The models whose rows must be there before the natural keys of this one can be read: what `naturalKeyDependencies` says. */
export function naturalKeyDependencies(meta: ModelMeta): readonly ModelMeta[] {
  const named = declared(meta).naturalKeyDependencies ?? []
  return named.map((one) => (typeof one === 'string' ? meta.registry.get(one) : one.meta))
}
