import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** Migration files that cannot be read, do not fit together, or do not fit the database's record. */
export class MigrationError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions, code = 'migration-error') {
    super(code, message, options)
  }
}

/** A question that nobody is there to answer: the message says what to pass instead. */
export class QuestionNotAnswered extends MigrationError {
  constructor(message: string) {
    super(message, {}, 'question-not-answered')
  }
}

export interface MigrationFailedOptions {
  readonly cause: unknown
  readonly migration: string
  readonly operation?: string | undefined
  readonly standing?: readonly string[]
}

/** A migration stopped in the middle. What is left of it, its message says: nothing, unless it is not atomic. */
export class MigrationFailed extends MigrationError {
  /** `'blog.0002_post_summary'` */
  readonly migration: string
  /** The `description` of the operation that failed, where it was one. */
  readonly operation: string | undefined
  /** The statement that failed, where it was one. */
  readonly sql: string | undefined
  /** The descriptions of the migration's operations that stand now, in the order of the file; all or none where it is atomic. */
  readonly standing: readonly string[]

  constructor(message: string, { cause, migration, operation, standing = [] }: MigrationFailedOptions) {
    super(message, { cause }, 'migration-failed')
    this.migration = migration
    this.operation = operation
    this.standing = standing
    const sql = (cause as { sql?: unknown } | null)?.sql
    this.sql = typeof sql === 'string' ? sql : undefined
  }
}
