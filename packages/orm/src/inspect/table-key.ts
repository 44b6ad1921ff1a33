import type { Vendor } from '../backends/database.ts'
import type { InspectedTable } from '../backends/inspected-table.ts'

/** What tells the rows of a table apart. */
export interface TableKey {
  /** Its columns, in order: none where nothing is known to tell rows apart. */
  readonly columns: readonly string[]
  /** SQLite's own number of a row, by the name that no column of the table has. */
  readonly rowid?: string
  /** For people, where it is not the primary key. */
  readonly note?: string
}

/** The primary key of a table, or what can stand for it. Views are read, so that they get one in any case. */
export function keyOfTable(table: InspectedTable, vendor: Vendor): TableKey {
  const { key, kind, schema } = table
  if (key.length > 0) return { columns: key }
  const unique = uniqueColumns(table)
  if (unique !== undefined) {
    return { columns: unique, note: `It has no primary key; ${unique.join(', ')}, which is unique, stands for it.` }
  }
  if (vendor === 'sqlite' && kind === 'table') {
    const names = schema.columns.map(({ name }) => name.toLowerCase())
    const rowid = ['rowid', '_rowid_', 'oid'].find((name) => !names.includes(name))
    if (rowid !== undefined)
      return { columns: [], rowid, note: `It has no primary key; SQLite's ${rowid} stands for it.` }
  }
  const { columns } = schema
  const isRead = kind !== 'table' && kind !== 'partition'
  const guess = columns.find(({ name }) => name.toLowerCase() === 'id') ?? (isRead ? columns[0] : undefined)
  if (guess !== undefined) {
    const what = isRead ? `A ${kind} has` : 'It has'
    return {
      columns: [guess.name],
      note: `${what} no primary key: ${guess.name} stands for it. Name what tells rows apart, before one is saved or deleted.`,
    }
  }
  return {
    columns: [],
    note: 'It has no primary key: give the field that tells rows apart { primaryKey: true } before it is used.',
  }
}

/** Columns that are unique together and never NULL: the fewest there are. */
function uniqueColumns({ schema }: InspectedTable): readonly string[] | undefined {
  const required = new Set(schema.columns.filter(({ null: mayBeNull }) => !mayBeNull).map(({ name }) => name))
  const sets = [
    ...schema.columns.filter(({ unique }) => unique).map(({ name }) => [name]),
    ...schema.uniques.filter(({ deferrable }) => deferrable === undefined).map(({ columns }) => columns),
    ...schema.indexes
      .filter(
        ({ unique, condition, columns }) =>
          unique && condition === undefined && !columns.some(({ isExpression }) => isExpression),
      )
      .map(({ columns }) => columns.map(({ name }) => name)),
  ]
  const usable = sets.filter((columns) => columns.length > 0 && columns.every((column) => required.has(column)))
  return usable.sort((one, other) => one.length - other.length)[0]
}
