import { Http404 } from '@nuages/http'
import { FieldValueError } from '@nuages/orm'
import type { AnyQuerySet, AnyRow } from '../options/any-model.ts'
import { unquoteKey } from '../site/key-in-url.ts'
import type { ModelScope } from '../site/page-scope.ts'

/** The row of an address, among those that the admin shows, with these relations loaded. Throws `Http404`. */
export async function findRow(
  { modelAdmin, request }: ModelScope,
  keyPart: string,
  related: readonly string[] = [],
): Promise<AnyRow> {
  const key = unquoteKey(keyPart)
  const rows = modelAdmin.rows(request)
  const row = await rowOfKey(related.length === 0 ? rows : rows.prefetchRelated(...related), key)
  if (row !== null) return row
  throw new Http404(`There is no ${modelAdmin.meta.verboseName} “${key}”. Perhaps it was deleted.`)
}

/** The row of a key as text; `null` for a key that is none. */
export async function rowOfKey(rows: AnyQuerySet, key: string): Promise<AnyRow | null> {
  const conditions = keyConditions(rows, [key])
  return conditions === null ? null : rows.filter(conditions).first()
}

/** The rows of some keys as text. */
export function rowsOfKeys(rows: AnyQuerySet, keys: readonly string[]): AnyQuerySet {
  const conditions = keyConditions(rows, keys)
  return conditions === null ? rows.none() : rows.filter(conditions)
}

function keyConditions(rows: AnyQuerySet, keys: readonly string[]): object | null {
  const { pk } = rows.model.meta
  const values = keys.flatMap((key) => {
    // No text of a database holds it, and some refuse to look.
    if (key.includes('\0')) return []
    try {
      const value = pk.parse(key)
      pk.toSql(value)
      return [value]
    } catch (error) {
      if (error instanceof FieldValueError) return []
      throw error
    }
  })
  return values.length === 0 ? null : { pk__in: values }
}
