import type { SchemaTarget } from '../schema-editor.ts'

/**
 * Makes the checks that were deferred to the end of the transaction, and defers the later ones again: PostgreSQL changes no
 * table whose rows have checks to come.
 */
export async function settleChecks(target: SchemaTarget): Promise<void> {
  await target.run('SET CONSTRAINTS ALL IMMEDIATE')
  await target.run('SET CONSTRAINTS ALL DEFERRED')
}
