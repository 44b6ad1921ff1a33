import { columnIndexName } from '../constraint-name.ts'
import { storedName } from './quote.ts'

const longestName = 63

/** What a constraint or sequence of a table is, by the letters of `pg_constraint.contype`. */
export type OwnedKind = 'p' | 'u' | 'c' | 'f' | 'sequence'

/** Where a foreign key leads to. */
export interface KeyTarget {
  readonly table: string
  readonly column: string
}

/** The name of a foreign key's constraint, as Django makes it: `blog_post_author_id_dd7a8485_fk_blog_author_id`. */
export function foreignKeyName(table: string, column: string, target: KeyTarget): string {
  return columnIndexName(table, [column], `_fk_${target.table}_${target.column}`, longestName)
}

/** The name of a unique constraint of one column that is added to a table. */
export function uniqueName(table: string, column: string): string {
  return columnIndexName(table, [column], '_uniq', longestName)
}

const labels: Partial<Record<OwnedKind, string>> = { p: 'pkey', u: 'key', c: 'check', sequence: 'seq' }

/** The names that something of a table may have by itself: PostgreSQL's, or the one that the schema editor gave. */
export function derivedNames(kind: OwnedKind, table: string, columns: readonly string[], target?: KeyTarget): string[] {
  if (kind === 'f') return target ? [foreignKeyName(table, columns[0]!, target)] : []
  const own = objectName(storedName(table), kind === 'p' ? '' : columns.map(storedName).join('_'), labels[kind]!)
  return kind === 'u' && columns.length === 1 ? [own, uniqueName(table, columns[0]!)] : [own]
}

/** The name that PostgreSQL gives where the one before is taken: with a number at its end. */
export function numberedName(kind: OwnedKind, table: string, columns: readonly string[], number: number): string {
  const own = kind === 'p' ? '' : columns.map(storedName).join('_')
  return objectName(storedName(table), own, `${labels[kind]}${number}`)
}

/** PostgreSQL's `makeObjectName`: the longer of the two names is cut until all of it fits. */
function objectName(table: string, columns: string, label: string): string {
  const room = longestName - Buffer.byteLength(label) - (columns === '' ? 1 : 2)
  let one = Buffer.byteLength(table)
  let other = Buffer.byteLength(columns)
  while (one + other > room) {
    if (one > other) one -= 1
    else other -= 1
  }
  const parts = [cut(table, one), ...(columns === '' ? [] : [cut(columns, other)]), label]
  return parts.join('_')
}

/** The first `bytes` bytes of a name, no character torn apart. */
function cut(name: string, bytes: number): string {
  let kept = ''
  let length = 0
  for (const character of name) {
    length += Buffer.byteLength(character)
    if (length > bytes) break
    kept += character
  }
  return kept
}
