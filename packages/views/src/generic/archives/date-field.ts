import { ImproperlyConfigured } from '@nuages/foundation'
import type { Field, FieldsOf } from '@nuages/orm'
import { metaOf, type ViewModel } from '../view-model.ts'

/** The names of a model's fields that hold dates or points in time. */
export type DateFieldOf<M> = {
  [K in keyof FieldsOf<M> & string]: FieldsOf<M>[K] extends Field<infer T>
    ? [T] extends [Temporal.PlainDate | Temporal.Instant | null]
      ? K
      : never
    : never
}[keyof FieldsOf<M> & string]

/** Whether the field holds points in time, which have to be put into a time zone. Throws `ImproperlyConfigured` for others. */
export function isMoment(model: ViewModel, dateField: string): boolean {
  const kind = metaOf(model).field(dateField)?.kind
  if (kind === 'date' || kind === 'dateTime') return kind === 'dateTime'
  throw new ImproperlyConfigured(
    `An archive of ${model.name} by '${dateField}': that is no date or dateTime field of the model.`,
  )
}
