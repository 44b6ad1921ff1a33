import type { OnConflict } from './operations.ts'

/** `ON CONFLICT …`, as PostgreSQL and SQLite both write it. */
export function onConflictClause(conflict: OnConflict, quote: (name: string) => string): string {
  if (conflict.action === 'ignore') return ' ON CONFLICT DO NOTHING'
  const unique = conflict.unique.map(quote).join(', ')
  const set = conflict.columns.map((column) => `${quote(column)} = EXCLUDED.${quote(column)}`)
  return ` ON CONFLICT (${unique}) DO UPDATE SET ${set.join(', ')}`
}
