import type { CommandOutput } from '@nuages/core'
import { type DriftOptions, type MigrationApp, recordDrift, unreflectedChanges } from '@nuages/orm/migrations'

/** Says so when the database has run migrations whose files are gone: what they did stays, and nobody can take it back. */
export async function warnOfDrift(
  options: Pick<DriftOptions, 'apps' | 'database'>,
  stderr: CommandOutput,
): Promise<void> {
  const gone = await recordDrift(options)
  if (gone.length === 0) return
  const names = gone.map(({ app, name }) => `${app}.${name}`).join(', ')
  const apps = [...new Set(gone.map(({ app }) => app))]
  stderr.write(
    `The database has run ${gone.length === 1 ? 'a migration whose file is' : `${gone.length} migrations whose files are`} gone: ${names}. ` +
      'Put the files back, where they belong to another branch or were renamed; where they were deleted for good, ' +
      `${apps.map((app) => `\`migrate ${app} --prune\``).join(' and ')} takes them out of the record.\n`,
  )
}

/** Says so when models have changed and no migration says it yet. */
export async function warnOfUnreflectedChanges(apps: readonly MigrationApp[], stderr: CommandOutput): Promise<void> {
  const changed = await unreflectedChanges(apps)
  if (changed.length === 0) return
  stderr.write(
    `The models of ${changed.join(', ')} have changes that no migration has yet, so the database does not have them either. ` +
      'Run makemigrations, then migrate.\n',
  )
}
