import { Signal } from '@nuages/foundation'
import type { PlannedMigration } from './planned-migration.ts'

/** A database that `migrate` brought to its target. */
export interface PostMigrate {
  /** The alias of the database. */
  readonly database: string
  /** What was to run when `preMigrate` was sent. */
  readonly plan: readonly PlannedMigration[]
  /** What ran, in order; nothing where the database was there already. Another process may have run a part of the plan. */
  readonly ran: readonly PlannedMigration[]
}

/**
 * Sent once after `migrate` has ended, whether or not there was anything to do: apps fill their tables then. It is sent outside
 * any transaction, and for every database that is migrated, those of tests too. Tables that were taken back are gone, so a
 * receiver looks first. Django's `post_migrate`.
 */
export const postMigrate: Signal<PostMigrate> = new Signal('postMigrate')
