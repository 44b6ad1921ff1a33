import { renamedTable } from '../renamed-table.ts'
import type { TableSchema } from '../schema.ts'
import type { SchemaTarget } from '../schema-editor.ts'
import type { StoredConstraint, StoredSequence, StoredTable } from './catalog.ts'
import { derivedNames, type KeyTarget, numberedName, type OwnedKind } from './derived-names.ts'
import { quoteName } from './quote.ts'

interface Renamed {
  /** The table as it stands under its new names. */
  readonly table: TableSchema
  readonly stored: StoredTable
}

/**
 * Gives a table and its columns their new names, and with them those of its constraints and sequences that were named after
 * them: a table that takes the old name later finds its own free. `given` are the names that were given since the editor began, which
 * the database does not know where SQL is only shown.
 */
export async function renameTable(
  target: SchemaTarget,
  before: TableSchema,
  after: TableSchema,
  columns: ReadonlyMap<string, string>,
  stored: StoredTable,
  given: Set<string>,
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
    const own = await freeName(
      target,
      constraint,
      newName(constraint, before, table, rename),
      table.name,
      rename,
      given,
    )
    if (own !== constraint.name) {
      await target.run(
        `ALTER TABLE ${quoteName(name)} RENAME CONSTRAINT ${quoteName(constraint.name)} TO ${quoteName(own)}`,
      )
    }
    constraints.push({ ...constraint, name: own, columns: constraint.columns.map(rename) })
  }
  const sequences = new Map<string, StoredSequence>()
  for (const [column, sequence] of stored.sequences) {
    const next = follow(sequence.name, 'sequence', before.name, [column], name, [rename(column)])
    const named = { name: sequence.name, kind: 'sequence', columns: [column] }
    const own = await freeName(target, named, next, name, rename, given)
    if (own !== sequence.name)
      await target.run(`ALTER SEQUENCE ${quoteName(sequence.name)} RENAME TO ${quoteName(own)}`)
    sequences.set(rename(column), { ...sequence, name: own })
  }
  return { table, stored: { ...stored, constraints, sequences } }
}

const isTaken = 'SELECT to_regclass($1) IS NOT NULL'

/** Long names are cut, so that those of two tables may meet. What stands beside tables has a name that nothing else has. */
async function freeName(
  target: SchemaTarget,
  { name, kind, columns }: StoredConstraint,
  next: string,
  table: string,
  rename: (column: string) => string,
  given: Set<string>,
): Promise<string> {
  if (next === name || kind === 'c' || kind === 'f') return next
  let free = next
  for (let number = 1; ; number++) {
    const [[taken]] = (await target.all(isTaken, [quoteName(free)])) as [[boolean]]
    if (!taken && !given.has(free)) {
      given.delete(name)
      given.add(free)
      return free
    }
    free = numberedName(kind as OwnedKind, table, columns.map(rename), number)
  }
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
  const names = derivedNames(kind, fromTable, fromColumns, fromTarget)
  const position = isNumbered(name, kind, fromTable, fromColumns) ? 0 : names.indexOf(name)
  return position < 0 ? name : (derivedNames(kind, table, columns, target)[position] ?? name)
}

function isNumbered(name: string, kind: OwnedKind, table: string, columns: readonly string[]): boolean {
  const number = /\d+$/.exec(name)?.[0]
  return kind !== 'f' && number !== undefined && name === numberedName(kind, table, columns, Number(number))
}
