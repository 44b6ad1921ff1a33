import { type Operations, onConflictClause, placeholder, sqliteOperations } from '../../../src/backends/backend-kit.ts'

export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/** A dialect that leans on another one, with names in backticks and parameters that have numbers. */
export const operations: Operations = {
  ...sqliteOperations,
  vendor: 'third',
  quote: quoteName,
  onConflict: (conflict) => onConflictClause(conflict, quoteName),
  // Without it the ORM asks for the key with RETURNING.
  tellsInsertedKey: false,
  finish: numbered,
  finishQuery: ({ sql, binds }) => ({ sql: numbered(sql), binds }),
}

function numbered(sql: string): string {
  let count = 0
  return sql.replaceAll(placeholder, () => `?${++count}`)
}
