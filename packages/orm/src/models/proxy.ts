import type { PartialInput } from './create-input.ts'
import { declareModel, type InstanceClass } from './declare-model.ts'
import type { FieldsOf, Instance } from './model-class.ts'
import type { MetaOptions } from './model-meta.ts'
import type { ModelType } from './model-type.ts'

/** What a proxy may say in its own way. */
export interface ProxyOptions
  extends Pick<
    MetaOptions,
    'ordering' | 'getLatestBy' | 'verboseName' | 'verboseNamePlural' | 'permissions' | 'defaultPermissions'
  > {}

/** The class that `proxy` makes: all that `M` has but its managers, which are bound to it. */
export interface ProxyModelType<M> extends Omit<ModelType<FieldsOf<M>>, 'prototype'> {
  new (values?: PartialInput<FieldsOf<M>>): Instance<M>
  readonly prototype: Instance<M>
}

const proxied = new WeakMap<object, object>()

/**
 * The rows of a model in another way: the same table and fields, with methods, managers, an ordering and permissions of its own.
 *
 * ```ts
 * class PublishedPost extends proxy(Post, { ordering: ['-published'] }) {
 *   static objects = new PublishedManager(PublishedPost)
 * }
 * ```
 *
 * Django's `class Meta: proxy = True`.
 */
export function proxy<M extends { readonly fields: object }>(model: M, options: ProxyOptions = {}): ProxyModelType<M> {
  const { fields, options: shared } = model as unknown as { fields: object; options: MetaOptions }
  const { ordering, getLatestBy, constraints } = shared
  const inherited = {
    ...(ordering === undefined ? {} : { ordering }),
    ...(getLatestBy === undefined ? {} : { getLatestBy }),
    ...(constraints === undefined ? {} : { constraints }),
  }
  const made = declareModel(model as unknown as InstanceClass, fields, { ...inherited, ...options })
  proxied.set(made, model)
  return made as never
}

/** The model of which a class is a proxy. */
export function proxiedModel(model: object): object | undefined {
  const made: unknown = Object.getPrototypeOf(model)
  return typeof made === 'function' ? proxied.get(made) : undefined
}
