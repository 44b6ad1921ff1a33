import { type Field, QueryError } from '@nuages/orm'

/** A queryset that can be narrowed down. */
export interface NarrowableRows extends PromiseLike<readonly unknown[]> {
  filter(conditions: object): NarrowableRows
}

/** Keys that a statement takes at once: databases limit their parameters. */
const chunkSize = 10_000

/**
 * The rows whose field has one of `keys`, in the order of the queryset for each ten thousand of them. A slice, such as one page
 * of a list, can be filtered no more: its rows, which are few, are all given.
 */
export async function rowsWithin(
  queryset: NarrowableRows,
  field: Field,
  keys: readonly unknown[],
): Promise<readonly unknown[]> {
  const rows: unknown[] = []
  for (let start = 0; start < keys.length; start += chunkSize) {
    const narrowed = narrow(queryset, field, keys.slice(start, start + chunkSize))
    if (narrowed === undefined) return queryset
    for (const row of await narrowed) rows.push(row)
  }
  return rows
}

function narrow(queryset: NarrowableRows, field: Field, keys: readonly unknown[]): NarrowableRows | undefined {
  try {
    return queryset.filter({ [`${field.attribute}__in`]: keys })
  } catch (error) {
    if (error instanceof QueryError) return undefined
    throw error
  }
}
