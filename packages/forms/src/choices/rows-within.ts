import { type Field, QueryError } from '@nuages/orm'

/** A slice, such as one page of a list, can be filtered no more: its rows, which are few, are all read. */
export function rowsWithin<Rows extends { filter(conditions: object): Rows }>(
  queryset: Rows,
  field: Field,
  keys: readonly unknown[],
): Rows {
  try {
    return queryset.filter({ [`${field.attribute}__in`]: keys })
  } catch (error) {
    if (error instanceof QueryError) return queryset
    throw error
  }
}
