import type { Database } from '../../backends/database.ts'
import { OperationalError } from '../../backends/errors.ts'
import type { MigrationRun } from './migration-run.ts'
import type { PreparedStep } from './prepare-steps.ts'
import { inDirection, runOperation } from './run-operation.ts'
import type { OperationStep } from './state-at.ts'
import { stepFailure } from './step-failure.ts'

/**
 * Runs a migration as one transaction with its record. Answers whether it ran: another process may have been quicker. Throws
 * `MigrationFailed`.
 */
export async function runAtomic(step: PreparedStep, run: MigrationRun): Promise<boolean> {
  let current: OperationStep | undefined
  let isAtEnd = false
  try {
    return await run.database.alterSchema(
      async (editor) => {
        if (await run.isDone(step)) return false
        run.start(step)
        if (!run.isFake) {
          for (const one of inDirection(step)) {
            current = one
            await runOperation(step, one, { database: run.database, editor })
          }
        }
        current = undefined
        await run.record(step, editor)
        isAtEnd = true
        return true
      },
      { lockTimeout: run.lockTimeout },
    )
  } catch (error) {
    throw stepFailure(
      step,
      current,
      error,
      isAtEnd && mayBeCommitted(error, run.database) ? { kind: 'unknown' } : { kind: 'nothing' },
    )
  }
}

/** A commit that the database refuses is a rollback; one whose answer is lost with the connection may be either. */
export function mayBeCommitted(error: unknown, { vendor }: Database): boolean {
  if (vendor === 'sqlite' || !(error instanceof OperationalError)) return false
  return error.sql === 'COMMIT' && !error.retryable
}
