import type { Database } from 'better-sqlite3'

/**
 * AUTOINCREMENT gives each row one more than the greatest key there ever was, so that of the rows of one INSERT the last tells them
 * all: a trigger alone could add a row of its own between them, or leave one out, as ON CONFLICT in the table's definition could.
 */
const question = `
  SELECT 1 FROM sqlite_schema AS own
  WHERE type = 'table' AND name = $table
    AND sql LIKE '%PRIMARY KEY AUTOINCREMENT%' AND sql NOT LIKE '%ON CONFLICT%'
    AND NOT EXISTS (
      SELECT 1 FROM (SELECT type, tbl_name FROM sqlite_schema UNION ALL SELECT type, tbl_name FROM sqlite_temp_schema)
      WHERE type = 'trigger' AND tbl_name = own.name COLLATE NOCASE
    )`

/** Whether the rows that one INSERT adds to a table have keys that follow each other, until the transaction ends. */
export function numbersInTurn(driver: Database, table: string): boolean {
  return driver.prepare(question).get({ table }) !== undefined
}
