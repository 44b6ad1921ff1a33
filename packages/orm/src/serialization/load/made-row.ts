import type { Database } from '../../backends/database.ts'
import { keyText } from '../../fields/composite-key-field.ts'
import { Peers } from '../../models/peers.ts'
import { type Row, stateOf } from '../../models/row.ts'
import { findsByNaturalKey, hasNaturalKey, naturalKeyOf } from '../natural-key.ts'
import { rowError } from '../read/read-row.ts'
import type { NaturalKeys } from './natural-keys.ts'
import { keyOf, type ResolvedRow } from './resolve-row.ts'

/** An instance of an object that was read, with what is known of its relations. */
export interface MadeRow extends ResolvedRow {
  readonly row: Row
}

/** Instances of rows of one model. Throws `DeserializationError`. */
export function makeRows(resolved: readonly ResolvedRow[], db: Database): MadeRow[] {
  const made = resolved.map((one) => {
    const { meta, values } = one.read
    try {
      return { ...one, row: new meta.model(values) as Row }
    } catch (error) {
      throw rowError({ ...one.read, pk: keyOf(one.read) }, reasonOf(error), { cause: error })
    }
  })
  // A natural key may be made of a relation, which is loaded for all of them together.
  for (const peers of Peers.of(made.map(({ row }) => row))) {
    for (const row of peers.rows as readonly Row[]) Object.assign(stateOf(row), { peers, alias: db.alias })
  }
  return made
}

/**
 * Gives rows without a primary key that of the row that has their natural key already. Returns where a row stands whose natural key
 * a row before it has, which must be written first; the number of rows where there is none.
 */
export async function identifyRows(made: readonly MadeRow[], keys: NaturalKeys): Promise<number> {
  const met = new Set<unknown>()
  for (const [at, { row, read }] of made.entries()) {
    const { meta } = read
    if (!hasNaturalKey(meta) || !findsByNaturalKey(meta) || (row as Row & { readonly pk: unknown }).pk !== null)
      continue
    try {
      const natural = await naturalKeyOf(row)
      const text = keyText(natural)
      if (met.has(text)) return at
      met.add(text)
      const key = await keys.find(meta, natural)
      if (key !== undefined) (row as Row & { pk: unknown }).pk = key
    } catch (error) {
      throw rowError({ ...read, pk: undefined }, `its natural key cannot be read: ${reasonOf(error)}`, { cause: error })
    }
  }
  return made.length
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
