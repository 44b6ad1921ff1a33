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

/** A migration stopped in the middle. The database and the record are as they were before it. */
export class MigrationFailed extends MigrationError {
  /** `'blog.0002_post_summary'` */
  readonly migration: string
  /** Which operation, as `describe` tells it. */
  readonly operation: string | undefined
  /** The statement that failed, where it was one. */
  readonly sql: string | undefined

  constructor(message: string, options: { cause: unknown; migration: string; operation?: string | undefined }) {
    super(message, { cause: options.cause }, 'migration-failed')
    this.migration = options.migration
    this.operation = options.operation
    const sql = (options.cause as { sql?: unknown } | null)?.sql
    this.sql = typeof sql === 'string' ? sql : undefined
  }
}
