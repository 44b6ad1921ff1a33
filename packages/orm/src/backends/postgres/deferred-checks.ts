import type { DeferredChecks } from '../operations.ts'

/** Of constraints that were made deferrable, as those of migrations are; others are checked at each statement. */
export const postgresDeferredChecks: DeferredChecks = {
  begin: 'SET CONSTRAINTS ALL DEFERRED',
  end: () => ['SET CONSTRAINTS ALL IMMEDIATE', 'SET CONSTRAINTS ALL DEFERRED'],
}
