import type { SqlValue } from '../backends/database.ts'
import { columnDecoder } from '../query/execute/row-reader.ts'
import { isUndone } from '../transactions/atomic-block.ts'
import { type Row, stateOf } from './row.ts'
import { metaOf } from './save-row.ts'

type Values = Record<string, unknown>

/** Whether the database holds the row: it was read or saved. Django's `not _state.adding`. */
export function isStored(row: object): boolean {
  return stateOf(row as Row).stored
}

/** The alias of the database that the row came from or was saved to; `undefined` where it is new. Django's `_state.db`. */
export function databaseAliasOf(row: object): string | undefined {
  return stateOf(row as Row).alias
}

/**
 * What the database held of a row when it was read or saved, by field, in the form that `toSql` gives: equal values are the
 * same. `undefined` where that is not known: the row is new, or its transaction was rolled back.
 */
export function storedValues(row: object): Record<string, SqlValue> | undefined {
  const { original, originalAt, stored, heldSince } = stateOf(row as Row)
  if (!stored || !original || isUndone(heldSince)) return undefined
  const entries = metaOf(row).fields.map((field, index) => {
    const raw = original[originalAt + index] as SqlValue
    const decode = columnDecoder(field, true)
    return [field.name, raw === null ? null : field.toSql(decode ? decode(raw) : raw)] as const
  })
  return Object.fromEntries(entries)
}

/** Remembers a row as it stands: what this returns makes it so again, after a save that was rolled back for one. */
export function snapshotRow(row: object): () => void {
  const values = { ...(row as Values) }
  const own = stateOf(row as Row)
  const before = {
    ...own,
    related: own.related?.copy(),
    prefetched: own.prefetched?.copy(),
  }
  return () => {
    for (const name of Object.keys(row)) if (!Object.hasOwn(values, name)) delete (row as Values)[name]
    Object.assign(row, values)
    Object.assign(own, before)
  }
}
