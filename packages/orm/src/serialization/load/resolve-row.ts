import type { ManyToManyField } from '../../relations/many-to-many.ts'
import { DeserializationError } from '../errors.ts'
import type { NaturalKey } from '../natural-key.ts'
import { type NamedRow, type ReadRow, rowError } from '../read/read-row.ts'
import type { NaturalKeys } from './natural-keys.ts'

/** A row whose relations were looked for: what was not found is told by the field's name. */
export interface ResolvedRow {
  readonly read: ReadRow
  readonly many: ReadonlyMap<ManyToManyField, readonly unknown[]>
  readonly missing: ReadonlyMap<string, NaturalKey>
}

/** Finds the rows that natural keys name, and puts their primary keys into the row's values. Throws `DeserializationError`. */
export async function resolveRow(read: ReadRow, keys: NaturalKeys): Promise<ResolvedRow> {
  const missing = new Map<string, NaturalKey>()
  const many = new Map<ManyToManyField, readonly unknown[]>()
  if (read.references.length === 0 && read.many.size === 0) return { read, many, missing }
  try {
    for (const { field, natural } of read.references) {
      const key = await keys.find(field.target, natural)
      if (key === undefined) missing.set(field.name, natural)
      else read.values[field.attribute] = key
    }
    for (const [member, named] of read.many) many.set(member, await allFound(member, named, keys, missing))
  } catch (error) {
    if (error instanceof DeserializationError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw rowError({ ...read, pk: keyOf(read) }, `a natural key cannot be looked for: ${reason}`, { cause: error })
  }
  return { read, many, missing }
}

async function allFound(
  member: ManyToManyField,
  named: readonly NamedRow[],
  keys: NaturalKeys,
  missing: Map<string, NaturalKey>,
): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for (const one of named) {
    const key = 'key' in one ? one.key : await keys.find(member.target, one.natural)
    if (key !== undefined) found.push(key)
    else if ('natural' in one) missing.set(member.name, one.natural)
  }
  return found
}

/** The primary key that the row has so far. */
export function keyOf({ meta, values }: ReadRow): unknown {
  const parts = meta.keyFields.map(({ attribute }) => values[attribute])
  if (parts.some((part) => part === undefined || part === null)) return undefined
  return meta.keyFields.length === 1 ? parts[0] : parts
}

/** Says which row a natural key names that is not there. */
export function missingError({ read, missing }: ResolvedRow): DeserializationError {
  const [[name, natural] = ['', []]] = missing
  const relation = [...read.meta.foreignKeys, ...read.meta.manyToMany].find((each) => each.name === name)!
  return rowError(
    { ...read, pk: keyOf(read) },
    `field '${name}' names ${relation.target.label} by the natural key ${JSON.stringify(natural)}, and there is no such row.`,
    { field: name },
  )
}
