import { ImproperlyConfigured } from '@nuages/foundation'
import type { Attributes } from './attribute.ts'
import { compose } from './compose.ts'
import type { PartialInput } from './create-input.ts'
import { declareModel, type InstanceClass, rootClass } from './declare-model.ts'
import type { ModelOptions } from './model.ts'
import type { FieldsOf, Instance } from './model-class.ts'
import type { MetaOptions } from './model-meta.ts'
import type { InstanceMethods, ModelType } from './model-type.ts'

/** What the methods of an abstract model may call of every model; the key is that of the model which extends it. */
type CommonMethods = Omit<InstanceMethods<{}>, 'id' | 'pk'> & { readonly pk: unknown }

/** The class that `AbstractModel` makes for fields `F`. */
export interface AbstractModelType<F> {
  new (values?: PartialInput<F>): Attributes<F> & CommonMethods
  readonly prototype: Attributes<F> & CommonMethods
  readonly fields: F
}

/** The class that `extend` makes: the fields and methods of an abstract model `B`, and fields `F`. */
export interface ExtendedModelType<B, F> extends Omit<ModelType<FieldsOf<B> & F>, 'prototype' | 'fields'> {
  new (values?: PartialInput<FieldsOf<B> & F>): Extended<B, F>
  readonly prototype: Extended<B, F>
  readonly fields: FieldsOf<B> & F
}

type Extended<B, F> = Instance<B> & Attributes<F> & InstanceMethods<FieldsOf<B> & F>

interface Declared {
  readonly fields: object
  readonly options: MetaOptions
}

/**
 * Fields, options and methods that several models share, without a table of its own: a model takes them by `extend`.
 *
 * ```ts
 * class Dated extends AbstractModel({ created: dateTime({ autoNowAdd: true }) }, { ordering: ['-created'] }) {
 *   get age() { return Temporal.Now.instant().since(this.created) }
 * }
 * class Note extends extend(Dated, { text: text() }) {
 *   static objects = manager(Note)
 * }
 * ```
 *
 * Django's `class Meta: abstract = True`.
 */
export function AbstractModel<F extends object>(
  fields: F,
  options: ModelOptions<(keyof F & string) | 'id' | 'pk'> = {},
): AbstractModelType<F> {
  return declareModel(rootClass, fields, { ...(options as MetaOptions), abstract: true }) as never
}

/**
 * A model with the fields, options and methods of an abstract one, and fields of its own. An option that it gives replaces the
 * abstract model's. Throws `ImproperlyConfigured` where `base` has a table: models with tables do not extend each other.
 */
export function extend<B extends { readonly fields: object }, F extends object>(
  base: B,
  fields: F,
  options: ModelOptions<((keyof F | keyof FieldsOf<B>) & string) | 'id' | 'pk'> = {},
): ExtendedModelType<B, F> {
  const declared = base as unknown as Declared
  if (declared.options?.abstract !== true) {
    const { name } = base as unknown as { readonly name: string }
    throw new ImproperlyConfigured(
      `extend() takes a class made with AbstractModel(…), and ${name} has a table of its own. For the same rows in another way, use proxy(${name}).`,
    )
  }
  const { abstract: _, ...inherited } = declared.options
  const own = { ...inherited, ...(options as MetaOptions) }
  return declareModel(base as unknown as InstanceClass, compose(declared.fields, fields), own) as never
}
