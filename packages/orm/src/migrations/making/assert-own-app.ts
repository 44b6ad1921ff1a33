import { isOfPackage, type MigrationApp } from '../app.ts'
import { MigrationError } from '../errors.ts'

/**
 * Sees to it that migrations are written for no app of an installed package.
 * @throws MigrationError
 */
export function assertOwnApp(app: MigrationApp): void {
  if (!isOfPackage(app)) return
  throw new MigrationError(
    `'${app.label}' is an app of an installed package, in ${app.migrationsDir}, and its migrations do not say what its models say. ` +
      'Nothing is written there, since the next install would take it away: bring the package up to date or tell its authors, ' +
      'and name the apps that are yours to leave it out.',
  )
}
