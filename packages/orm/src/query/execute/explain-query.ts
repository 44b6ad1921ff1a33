import type { Database } from '../../backends/database.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import { refuseOuter } from '../build/query-state.ts'
import type { Query } from '../query.ts'
import { prepare } from './select.ts'

/** How the database means to run a query, in its own words. The options are the database's. Django's `explain`. */
export async function explainQuery(
  query: Query,
  options: Readonly<Record<string, string | boolean>>,
  db: Database,
): Promise<string> {
  refuseOuter(query)
  const { compiled, parameters } = prepare(query, db)
  const before = operationsFor(db.vendor).explain(options)
  const rows = await db.all({ sql: `${before}${compiled.statement.sql}` }, parameters)
  return rows.map((row) => row.map(told).join(' ')).join('\n')
}

function told(cell: unknown): string {
  return typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : String(cell)
}
