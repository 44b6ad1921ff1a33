import type { MultipleObjectsReturned, ObjectDoesNotExist } from '../errors.ts'
import type { Attributes, KeyValue } from './attribute.ts'
import type { PartialInput } from './create-input.ts'
import type { ModelMeta } from './model-meta.ts'

/** The class that `Model` makes for fields `F`. */
export interface ModelType<F> {
  new (values?: PartialInput<F>): Attributes<F> & InstanceMethods<F>
  readonly prototype: Attributes<F> & InstanceMethods<F>
  readonly fields: F
  /** What the ORM knows of the model. Throws `ImproperlyConfigured` before an app has registered it. */
  readonly meta: ModelMeta
  /** Thrown by `get` where no row answers; an `ObjectDoesNotExist`. */
  readonly DoesNotExist: new (
    message: string,
  ) => ObjectDoesNotExist
  /** Thrown by `get` where several rows answer. */
  readonly MultipleObjectsReturned: new (
    message: string,
  ) => MultipleObjectsReturned
}

/** What every instance can do. */
export interface InstanceMethods<F> {
  /** The primary key; `null` before the row is saved. */
  id: KeyValue<F>
}
