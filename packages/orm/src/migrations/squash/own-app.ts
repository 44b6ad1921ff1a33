import { sep } from 'node:path'
import { didYouMean } from '@nuages/foundation'
import type { MigrationApp } from '../app.ts'
import { MigrationError } from '../errors.ts'
import { migrationFiles } from '../loader.ts'

/**
 * The app of that label, whose files may be written. Throws `MigrationError` where there is none, and where it is that of an
 * installed package: what is written there the next install takes away.
 */
export function ownApp(apps: readonly MigrationApp[], label: string): MigrationApp {
  const app = apps.find((one) => one.label === label)
  if (!app) {
    const labels = apps.map((one) => one.label)
    throw new MigrationError(`There is no app '${label}'.${didYouMean(label, labels)} Apps: ${labels.join(', ')}.`)
  }
  if (app.migrationsDir.split(sep).includes('node_modules')) {
    throw new MigrationError(
      `'${label}' is an app of an installed package, in ${app.migrationsDir}: its migrations are its authors' to change.`,
    )
  }
  return app
}

/** The names of the app's files by those of its migrations. */
export async function fileNames({ migrationsDir }: MigrationApp): Promise<(migration: { name: string }) => string> {
  const files = await migrationFiles(migrationsDir)
  return ({ name }) => files.get(name)!
}
