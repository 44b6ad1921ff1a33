import { Signal } from '@nuages/foundation'
import type { PlannedMigration } from './planned-migration.ts'

/** A database that `migrate` is about to bring to its target. */
export interface PreMigrate {
  /** The alias of the database. */
  readonly database: string
  /** What is to run, in order; nothing where the database is there already. */
  readonly plan: readonly PlannedMigration[]
}

/**
 * Sent once before `migrate` runs its plan, whether or not there is anything to do, while no other deployment migrates the database. A
 * receiver that throws stops it, and nothing has run. Django's `pre_migrate`.
 */
export const preMigrate: Signal<PreMigrate> = new Signal('preMigrate')
