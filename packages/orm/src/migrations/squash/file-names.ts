import type { MigrationApp } from '../app.ts'
import { migrationFiles } from '../loader.ts'

/** The names of the app's files by those of its migrations. */
export async function fileNames({ migrationsDir }: MigrationApp): Promise<(migration: { name: string }) => string> {
  const files = await migrationFiles(migrationsDir)
  return ({ name }) => files.get(name)!
}
