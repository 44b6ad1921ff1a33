import { type Field, FieldValueError } from '@nuages/orm'
import { rowsWithin } from '../choices/rows-within.ts'

/** A queryset as formsets need it; those of the ORM are. */
export interface Rows extends PromiseLike<readonly unknown[]> {
  all(): Rows
  filter(conditions: object): Rows
  orderBy(...paths: string[]): Rows
  none(): Rows
}

/**
 * For each key the row that has it, where the queryset holds one. A key that came before, or that can be none, has no row: one
 * row is not edited by two forms.
 */
export async function rowsByKey(
  queryset: Rows,
  key: Field,
  sent: readonly unknown[],
): Promise<readonly (object | undefined)[]> {
  const keys = sent.map((text) => parsed(key, text))
  const found = new Map<string, object>()
  const wanted = keys.filter((one) => one !== undefined)
  for (const row of (await rowsWithin(queryset, key, wanted)) as readonly object[]) {
    found.set(String((row as Record<string, unknown>)[key.attribute]), row)
  }
  return keys.map((one) => {
    const row = found.get(String(one))
    found.delete(String(one))
    return row
  })
}

function parsed(key: Field, text: unknown): unknown {
  if ((typeof text !== 'string' && typeof text !== 'number' && typeof text !== 'bigint') || text === '')
    return undefined
  try {
    const value = key.parse(String(text))
    key.toSql(value)
    return value
  } catch (error) {
    if (error instanceof FieldValueError) return undefined
    throw error
  }
}
