import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { apps } from '@nuages/core'
import { type MigrationApp, makeMigrations } from '@nuages/orm/migrations'

/**
 * The installed apps as the migrations see them. An app that has models and no migrations yet gets some, made in
 * `folder`, so that a test may come before the first `makemigrations`.
 */
export async function migrationApps(folder: string): Promise<readonly MigrationApp[]> {
  const withoutMigrations: string[] = []
  const described = apps.all().map((app): MigrationApp => {
    const own = join(app.dir, 'migrations')
    const models = apps.models(app.name, { includeSwapped: true })
    if (existsSync(own) || models.length === 0) return { label: app.name, models, migrationsDir: own }
    withoutMigrations.push(app.name)
    return { label: app.name, models, migrationsDir: join(folder, app.name) }
  })
  if (withoutMigrations.length > 0) {
    await makeMigrations({
      apps: described,
      only: withoutMigrations,
      imports: { orm: import.meta.resolve('@nuages/orm'), migrations: import.meta.resolve('@nuages/orm/migrations') },
    })
  }
  return described
}
