import type { SchemaTarget } from '../schema-editor.ts'
import { quoteName, storedName } from './quote.ts'

/** How far something of a table has come that is made in several steps: not at all, begun, or finished. */
export type Standing = 'absent' | 'begun' | 'done'

const indexOf = 'SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1) AND indrelid = to_regclass($2)'
const constraintOf = 'SELECT convalidated FROM pg_constraint WHERE conname = $1 AND conrelid = to_regclass($2)'
const columnOf =
  'SELECT attnotnull FROM pg_attribute WHERE attname = $1 AND attrelid = to_regclass($2) AND NOT attisdropped'

/** An index that was being built when its builder was stopped has begun, and stays so. */
export function standingIndex(target: SchemaTarget, table: string, name: string): Promise<Standing> {
  return standing(target, indexOf, quoteName(name), table)
}

/** A constraint that is NOT VALID has begun: it binds new rows, and nobody has looked at those before. */
export function standingConstraint(target: SchemaTarget, table: string, name: string): Promise<Standing> {
  return standing(target, constraintOf, storedName(name), table)
}

/** A column that may be NULL has begun. */
export function standingNotNull(target: SchemaTarget, table: string, column: string): Promise<Standing> {
  return standing(target, columnOf, storedName(column), table)
}

async function standing(target: SchemaTarget, sql: string, name: string, table: string): Promise<Standing> {
  const [row] = await target.all(sql, [name, quoteName(table)])
  if (row === undefined) return 'absent'
  return (row[0] as unknown) === true ? 'done' : 'begun'
}
