import { database as configuredDatabase } from '../../backends/registry.ts'
import type { MigrationApp } from '../app.ts'
import { MigrationError } from '../errors.ts'
import { readMigrations } from '../loader.ts'
import { keyOf, type MigrationKey } from '../migration.ts'
import type { AppliedMigration } from '../recorder.ts'
import { isDjangos } from './django-migrations.ts'
import { type Survey, surveyDatabase } from './survey.ts'

export interface DriftOptions {
  readonly apps: readonly MigrationApp[]
  /** The labels of the apps to look at; all when left out. */
  readonly only?: readonly string[] | undefined
  readonly database?: string | undefined
}

/**
 * The migrations of these apps that the database has run and whose files are gone: deleted or renamed since, or of another branch.
 * Those that a squashed migration replaces are not among them, nor those that Django's own apps have run.
 */
export async function recordDrift({ apps, only, database }: DriftOptions): Promise<readonly AppliedMigration[]> {
  const survey = await surveyDatabase(await readMigrations(apps), apps, configuredDatabase(database), { strict: false })
  return driftOf(survey, only ?? apps.map(({ label }) => label))
}

export function driftOf({ files, record }: Survey, labels: readonly string[]): readonly AppliedMigration[] {
  const known = new Set(files.flatMap((migration) => [migration, ...migration.replaces].map(keyOf)))
  return [...record.values()].filter((one) => labels.includes(one.app) && !known.has(keyOf(one)) && !isDjangos(one))
}

/**
 * Takes the migrations of one app whose files are gone out of the record, and returns them. Throws `MigrationError` while a squashed
 * migration of the app still says what it replaces: without that record it would run again. Django's `migrate --prune`.
 */
export async function pruneRecord(options: {
  readonly apps: readonly MigrationApp[]
  readonly app: string
  readonly database?: string | undefined
}): Promise<readonly MigrationKey[]> {
  const database = configuredDatabase(options.database)
  const lock = await database.lockSchema?.({})
  try {
    const survey = await surveyDatabase(await readMigrations(options.apps), options.apps, database)
    assertNothingReplaced(survey, options.app)
    const gone = driftOf(survey, [options.app])
    if (gone.length > 0) await database.alterSchema(() => survey.recorder.recordUnapplied(gone))
    return gone.map(({ app, name }) => ({ app, name }))
  } finally {
    await lock?.release()
  }
}

/** The record of what was replaced is what tells whether the squashed migration has run. */
function assertNothingReplaced({ files, record }: Survey, app: string): void {
  const names = new Set(files.map(keyOf))
  for (const migration of files) {
    if (migration.app !== app) continue
    const needed = migration.replaces.map(keyOf).filter((key) => !names.has(key) && record.has(key))
    if (needed.length === 0) continue
    throw new MigrationError(
      `${keyOf(migration)} still replaces ${needed.join(', ')}, whose record says that it has run. Remove \`replaces\` from it first, ` +
        'once every database has recorded it.',
    )
  }
}
