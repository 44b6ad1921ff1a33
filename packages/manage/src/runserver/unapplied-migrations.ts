import type { CommandOutput } from '@nuages/core'
import { migrationPlan } from '@nuages/orm/migrations'
import { migrationApps } from '../migrations/migration-apps.ts'

/** Says so when the database lacks migrations: the pages that need them would fail. The project must be set up. */
export async function warnOfUnappliedMigrations(stderr: CommandOutput): Promise<void> {
  const plan = await migrationPlan({ apps: migrationApps() })
  if (plan.length === 0) return
  const names = plan.map(({ app, name }) => `${app}.${name}`).join(', ')
  stderr.write(
    `${plan.length} ${plan.length === 1 ? 'migration is' : 'migrations are'} not applied (${names}). Run migrate.\n`,
  )
}
