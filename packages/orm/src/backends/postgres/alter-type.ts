import { DatabaseError, DataError, NotSupportedError, ProgrammingError } from '../errors.ts'
import type { ColumnSchema } from '../schema.ts'
import type { SchemaTarget } from '../schema-editor.ts'
import { incomingKeys } from './catalog.ts'
import { baseType, typeSql } from './change-type.ts'
import type { FollowedKeys } from './followed-keys.ts'
import { quoteName } from './quote.ts'

/**
 * Gives a column another type. The keys that lead to it change with it, and those that lead to these; their constraints are
 * off meanwhile. Throws where a value does not convert, or where a view holds the column.
 */
export async function alterType(
  target: SchemaTarget,
  table: string,
  from: ColumnSchema,
  to: ColumnSchema,
  followed: FollowedKeys,
): Promise<void> {
  if (followed.hasType(table, to.name, to.type)) return
  const isOther = baseType(from.type) !== baseType(to.type) || from.collation !== to.collation
  const keys = (from.primaryKey || from.unique) && isOther ? await incomingKeys(target, table, to.name, true) : []
  for (const key of keys) await target.run(`ALTER TABLE ${key.table} DROP CONSTRAINT ${quoteName(key.name)}`)
  await change(target, quoteName(table), table, to.name, from, to)
  for (const key of keys) {
    await followed.follow(target, key, to.type)
    await change(target, key.table, key.tableName, key.column, from, to)
  }
  for (const key of keys) {
    await target.run(`ALTER TABLE ${key.table} ADD CONSTRAINT ${quoteName(key.name)} ${key.definition}`)
  }
}

async function change(
  target: SchemaTarget,
  table: string,
  tableName: string,
  column: string,
  from: ColumnSchema,
  to: ColumnSchema,
): Promise<void> {
  const step = `ALTER TABLE ${table} ALTER COLUMN ${quoteName(column)}`
  const sql = `${step} ${typeSql(column, from.type, to.type, to.collation)}`
  try {
    await target.run(sql)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    throw explained(
      error,
      `${tableName}.${column}, which is ${from.type}, cannot become ${to.type}`,
      `${step} TYPE ${to.type}`,
    )
  }
}

/** What PostgreSQL says, of which column, and the way out; its own detail says what stands in the way. */
function explained(error: DatabaseError, problem: string, step: string): DatabaseError {
  const { sql, alias, driverCode } = error
  const options = { cause: error, sql, alias, driverCode }
  const detail = (error.cause as { detail?: unknown } | undefined)?.detail
  const reason = `${problem}: ${error.message}${typeof detail === 'string' ? ` ${detail}` : ''}`
  if (error instanceof NotSupportedError) {
    return new NotSupportedError(
      `${reason}. Take what holds the column away before the change, and make it again after it: runSQL('DROP VIEW …', 'CREATE VIEW …').`,
      options,
    )
  }
  const isConversion = error instanceof DataError || (error instanceof ProgrammingError && driverCode?.startsWith('42'))
  if (!isConversion) return error
  return new DataError(
    `${reason}. Change the rows first, with runCode in a migration before this one, or say how each value converts: ` +
      `separateDatabaseAndState({ database: [runSQL('${step} USING …')], state: [alterField(…)] }).`,
    options,
  )
}
