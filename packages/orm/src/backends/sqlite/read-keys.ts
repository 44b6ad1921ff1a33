import type { RawRow } from '../statement.ts'

/** A foreign key of a table, of one column or several. */
export interface FoundKey {
  readonly table: string
  readonly columns: readonly string[]
  readonly target: string
  readonly targets: readonly string[]
  /** `'NO ACTION'`, `'CASCADE'` */
  readonly onDelete: string
}

/** Rows of `keysOf`. A key that names no column leads to the primary key, and one may name its table in other letters. */
export function readKeys(rows: readonly RawRow[], columns: ReadonlyMap<string, readonly RawRow[]>): FoundKey[] {
  const tables = new Map([...columns.keys()].map((name) => [name.toLowerCase(), name]))
  const keys = Map.groupBy(rows, ([table, id]) => `${String(id)} ${String(table)}`)
  return [...keys.values()].map((parts) => {
    const [table, , , to, , onDelete] = parts[0]!
    const target = tables.get(String(to).toLowerCase()) ?? String(to)
    const found = columns.get(target) ?? []
    const named = (column: unknown) => {
      const wanted = String(column).toLowerCase()
      return String(found.find((row) => String(row[1]).toLowerCase() === wanted)?.[1] ?? column)
    }
    const isNamed = parts.every((part) => part[4] !== null)
    return {
      table: String(table),
      columns: parts.map((part) => String(part[2])),
      target,
      targets: isNamed ? parts.map((part) => named(part[4])) : keyOf(found).slice(0, parts.length),
      onDelete: String(onDelete),
    }
  })
}

function keyOf(columns: readonly RawRow[]): string[] {
  const parts = columns.filter((row) => Number(row[4]) > 0).sort((one, other) => Number(one[4]) - Number(other[4]))
  const names = parts.map((row) => String(row[1]))
  return names.length > 0 ? names : ['id']
}
