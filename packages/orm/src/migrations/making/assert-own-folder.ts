import { dirname, sep } from 'node:path'
import { MigrationError } from '../errors.ts'

/** Throws `MigrationError` for a file in an installed package: what is written there the next install takes away. */
export function assertOwnFolder(app: string, path: string): void {
  if (!path.split(sep).includes('node_modules')) return
  throw new MigrationError(
    `'${app}' is an app of an installed package, in ${dirname(path)}, and its migrations do not say what its models say. Nothing is ` +
      'written there, since the next install would take it away: bring the package up to date or tell its authors, and name ' +
      'the apps that are yours to leave it out.',
  )
}
