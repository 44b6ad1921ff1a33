import type { CheckLevel } from '@nuages/foundation'

/** One thing in which a database is not what its migrations say. */
export interface DriftFinding {
  /**
   * `error`: something that models count on is missing or otherwise. `warning`: an index or a comment is, or a column that nobody knows
   * stops new rows. `info`: something that no migration made.
   */
  readonly level: Extract<CheckLevel, 'error' | 'warning' | 'info'>
  /** `'migrations.E003'` */
  readonly id: string
  readonly table: string
  /** `'blog_post.title is varchar(100); the migrations say varchar(200).'` */
  readonly message: string
}
