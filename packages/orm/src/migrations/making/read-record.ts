import { OperationalError } from '../../backends/errors.ts'
import { database } from '../../backends/registry.ts'
import type { MigrationApp } from '../app.ts'
import { assertConsistent } from '../execution/plan.ts'
import { surveyDatabase } from '../execution/survey.ts'
import { readMigrations } from '../loader.ts'

export interface ReadRecord {
  /** The keys of what the database has run. */
  readonly applied: ReadonlySet<string>
  readonly warnings: readonly string[]
}

/**
 * What a database has run; nothing where no alias is given. Throws `MigrationError` where that does not fit the files. A database
 * that cannot be reached is no hindrance, since the files are what counts: a warning says so.
 */
export async function readRecord(apps: readonly MigrationApp[], alias: string | undefined): Promise<ReadRecord> {
  if (alias === undefined) return { applied: new Set(), warnings: [] }
  try {
    const survey = await surveyDatabase(await readMigrations(apps), apps, database(alias), { strict: false })
    assertConsistent(survey.graph, survey.ran)
    return { applied: survey.applied, warnings: [] }
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error
    const warning = `The migrations were not compared with what the database '${alias}' has run: ${error.message}`
    return { applied: new Set(), warnings: [warning] }
  }
}
