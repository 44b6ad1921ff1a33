import { type Field, FieldValueError } from '@nuages/orm'
import { rowsWithin } from '../choices/rows-within.ts'

/** A queryset as formsets need it; those of the ORM are. */
export interface Rows extends PromiseLike<readonly unknown[]> {
  all(): Rows
  filter(conditions: object): Rows
  orderBy(...paths: string[]): Rows
  none(): Rows
}

/** Keys that a statement takes at once: databases limit their parameters. */
const chunkSize = 10_000

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
  for (const row of await select(
    queryset,
    key,
    keys.filter((one) => one !== undefined),
  )) {
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

async function select(queryset: Rows, key: Field, keys: readonly unknown[]): Promise<readonly object[]> {
  const rows: object[] = []
  for (let start = 0; start < keys.length; start += chunkSize) {
    const chunk = keys.slice(start, start + chunkSize)
    rows.push(...((await rowsWithin(queryset, key, chunk)) as object[]))
  }
  return rows
}
