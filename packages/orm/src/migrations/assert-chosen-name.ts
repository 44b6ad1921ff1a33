import { MigrationError } from './errors.ts'

/**
 * Sees to it that a name can stand behind the number of a migration.
 * @throws MigrationError
 */
export function assertChosenName(name: string | undefined): void {
  if (name === undefined || /^[a-z]\w{0,199}$/i.test(name)) return
  throw new MigrationError(
    `'${name}' cannot be part of a migration's name: up to 200 letters, digits and underscores can, a letter first.`,
  )
}
