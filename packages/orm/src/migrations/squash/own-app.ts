import { appOf, isOfPackage, type MigrationApp } from '../app.ts'
import { MigrationError } from '../errors.ts'

/**
 * The app of that label, whose files may be written.
 * @throws MigrationError where there is none, and where it is that of an installed package
 */
export function ownApp(apps: readonly MigrationApp[], label: string): MigrationApp {
  const app = appOf(apps, label)
  if (!isOfPackage(app)) return app
  throw new MigrationError(
    `'${label}' is an app of an installed package, in ${app.migrationsDir}: its migrations are its authors' to change.`,
  )
}
