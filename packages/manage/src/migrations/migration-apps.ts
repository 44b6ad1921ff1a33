import { join } from 'node:path'
import { apps } from '@nuages/core'
import type { MigrationApp } from '@nuages/orm/migrations'

/** The installed apps as migrations see them. The project must be set up. */
export function migrationApps(): MigrationApp[] {
  return apps.all().map((app) => ({
    label: app.name,
    models: apps.models(app.name, { includeSwapped: true }),
    migrationsDir: join(app.dir, 'migrations'),
  }))
}
