import { createHash } from 'node:crypto'
import type { ModelMeta, SqlValue } from '@nuages/orm'

/** What the database holds of a row, by field: a column's value, or the keys of a many-to-many. */
export type HeldValues = Readonly<Record<string, SqlValue | readonly SqlValue[]>>

/**
 * Characters of base64 for a field: 72 bits of SHA-256. Enough that no change goes unseen by chance, and few enough that
 * twenty fields fit a hidden input of 400 bytes. It needs no key: a version tells only what is in the form beside it, to the
 * one it was shown to, and who forges one deceives nobody but himself. The row's name goes into each digest, so that equal
 * values of two rows do not look equal, and the version of one row is none of another.
 */
const digestLength = 12

/**
 * A row as it was when a form was opened, as text for a hidden input: of each field its name and a digest of its value
 * (`'title:3mVx0cIu_GcB tags:…'`).
 */
export function rowVersion(meta: ModelMeta, key: unknown, held: HeldValues): string {
  return Object.entries(held)
    .map(([name, value]) => `${name}:${digest(meta, key, name, value)}`)
    .join(' ')
}

/**
 * The fields of `held` that are not as `version` has them; those that it does not name are not compared. `null` where the
 * text is no version at all.
 */
export function changedSince(version: string, meta: ModelMeta, key: unknown, held: HeldValues): string[] | null {
  const known = parse(version)
  if (!known) return null
  return Object.entries(held)
    .filter(([name, value]) => known.has(name) && known.get(name) !== digest(meta, key, name, value))
    .map(([name]) => name)
}

function parse(version: string): Map<string, string> | null {
  const pairs = version.split(' ').map((pair) => /^([^:]+):([\w-]{12})$/.exec(pair))
  const known = new Map<string, string>()
  for (const pair of pairs) {
    if (!pair) return null
    known.set(pair[1]!, pair[2]!)
  }
  return known
}

function digest(meta: ModelMeta, key: unknown, name: string, value: SqlValue | readonly SqlValue[]): string {
  const hash = createHash('sha256')
  for (const part of [meta.label, String(key), name, ...spelled(value)]) hash.update(`${part.length}:${part}`)
  return hash.digest('base64url').slice(0, digestLength)
}

/** A value as text, with its kind in front: 1, '1' and NULL are not the same. Keys have no order. */
function spelled(value: SqlValue | readonly SqlValue[]): string[] {
  if (Array.isArray(value)) return ['keys', ...value.flatMap(spelled).sort()]
  if (value === null) return ['null']
  if (value instanceof Uint8Array) return ['bytes', Buffer.from(value).toString('base64')]
  return [typeof value === 'string' ? `text ${value}` : `number ${String(value)}`]
}
