import type { Database, Vendor } from '../../backends/database.ts'
import { operationsFor } from '../../backends/operations-for.ts'

/** About how many rows tables have, by name; a table that is empty, or unknown, is left out. */
export type TableSizes = ReadonlyMap<string, number>

/** From this many rows on a table is one that others wait for. */
const bigTable = 100_000

/**
 * Whether going through a table takes so long that others notice. A table of PostgreSQL that nobody has counted may be big
 * elsewhere: the database that is asked may be one of CI. SQLite's file is the one that counts.
 */
export function isBig(rows: number | undefined, vendor: Vendor): boolean {
  return rows === undefined ? vendor !== 'sqlite' : rows >= bigTable
}

const estimates = `SELECT relname::text, reltuples::bigint FROM pg_class
  WHERE relkind IN ('r', 'p') AND reltuples > 0 AND pg_table_is_visible(oid) AND relnamespace <> 'pg_catalog'::regnamespace`

/** What the database says of its tables, without reading them through. */
export async function tableSizes(database: Database): Promise<TableSizes> {
  if (database.vendor === 'postgresql') {
    const rows = await database.all({ sql: estimates }, [])
    return new Map(rows.map(([name, count]) => [String(name), Number(count)]))
  }
  if (database.vendor !== 'sqlite') return new Map()
  const { quote } = operationsFor(database.vendor)
  const sizes = new Map<string, number>()
  for (const name of await database.tableNames()) {
    const sql = `SELECT count(*) FROM (SELECT 1 FROM ${quote(name)} LIMIT ${bigTable})`
    const [row] = await database.all({ sql }, [])
    if (Number(row?.[0]) > 0) sizes.set(name, Number(row![0]))
  }
  return sizes
}
