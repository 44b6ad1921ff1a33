import { renamedTable } from '../renamed-table.ts'
import type { TableSchema } from '../schema.ts'
import type { SchemaTarget } from '../schema-editor.ts'
import type { StoredConstraint, StoredSequence, StoredTable } from './catalog.ts'
import { derivedNames, type KeyTarget, type OwnedKind } from './derived-names.ts'
import { quoteName } from './quote.ts'

interface Renamed {
  /** The table as it stands under its new names. */
  readonly table: TableSchema
  readonly stored: StoredTable
}

/**
 * Gives a table and its columns their new names, and with them those of its constraints and sequences that were named after
 * them: a table that takes the old name later finds its own free.
 */
export async function renameTable(
  target: SchemaTarget,
  before: TableSchema,
  after: TableSchema,
  columns: ReadonlyMap<string, string>,
  stored: StoredTable,
): Promise<Renamed> {
  const { name } = after
  if (before.name !== name) await target.run(`ALTER TABLE ${quoteName(before.name)} RENAME TO ${quoteName(name)}`)
  for (const [from, to] of columns) {
    await target.run(`ALTER TABLE ${quoteName(name)} RENAME COLUMN ${quoteName(from)} TO ${quoteName(to)}`)
  }
  const table = renamedTable(before, name, columns)
  if (before.name === name && columns.size === 0) return { table, stored }
  const rename = (column: string) => columns.get(column) ?? column
  const constraints: StoredConstraint[] = []
  for (const constraint of stored.constraints) {
    const own = newName(constraint, before, table, rename)
    if (own !== constraint.name) {
      await target.run(
        `ALTER TABLE ${quoteName(name)} RENAME CONSTRAINT ${quoteName(constraint.name)} TO ${quoteName(own)}`,
      )
    }
    constraints.push({ ...constraint, name: own, columns: constraint.columns.map(rename) })
  }
  const sequences = new Map<string, StoredSequence>()
  for (const [column, sequence] of stored.sequences) {
    const own = follow(sequence.name, 'sequence', before.name, [column], name, [rename(column)])
    if (own !== sequence.name)
      await target.run(`ALTER SEQUENCE ${quoteName(sequence.name)} RENAME TO ${quoteName(own)}`)
    sequences.set(rename(column), { ...sequence, name: own })
  }
  return { table, stored: { ...stored, constraints, sequences } }
}

function newName(
  constraint: StoredConstraint,
  before: TableSchema,
  table: TableSchema,
  rename: (column: string) => string,
): string {
  const { name, kind, columns } = constraint
  const now = columns.map(rename)
  if (kind !== 'f') return follow(name, kind as OwnedKind, before.name, columns, table.name, now)
  const from = before.columns.find((column) => column.name === columns[0])?.references
  const to = table.columns.find((column) => column.name === now[0])?.references
  return follow(name, 'f', before.name, columns, table.name, now, from, to)
}

/** The name after the change, where it was one that the table and columns give; else the name as it is. */
function follow(
  name: string,
  kind: OwnedKind,
  fromTable: string,
  fromColumns: readonly string[],
  table: string,
  columns: readonly string[],
  fromTarget?: KeyTarget,
  target?: KeyTarget,
): string {
  if (kind !== 'p' && kind !== 'u' && kind !== 'c' && kind !== 'f' && kind !== 'sequence') return name
  if (columns.length === 0) return name
  const position = derivedNames(kind, fromTable, fromColumns, fromTarget).indexOf(name)
  return position < 0 ? name : (derivedNames(kind, table, columns, target)[position] ?? name)
}
