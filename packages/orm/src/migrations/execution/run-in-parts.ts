import { MigrationError } from '../errors.ts'
import { keyOf } from '../migration.ts'
import type { MigrationRun } from './migration-run.ts'
import type { PreparedStep } from './prepare-steps.ts'
import { mayBeCommitted } from './run-atomic.ts'
import { runOperation } from './run-operation.ts'
import type { OperationStep } from './state-at.ts'
import { stepFailure } from './step-failure.ts'

/**
 * Runs a migration that is not atomic: each operation is a transaction, with a note of how far it has come, or stands outside of any. One
 * that was stopped goes on where it stopped. Answers whether it ran. Throws `MigrationFailed`.
 */
export async function runInParts(step: PreparedStep, run: MigrationRun): Promise<boolean> {
  let standing = await standingOperations(step, run)
  const isForwards = step.direction === 'forwards'
  const isDone = () => standing === (isForwards ? step.operations.length : 0)
  if (await run.isDone(step)) return false
  run.start(step)
  let current: OperationStep | undefined
  try {
    for (let ended = false; !ended; ) {
      current = isDone() ? undefined : step.operations[isForwards ? standing : standing - 1]
      const next = current ? standing + (isForwards ? 1 : -1) : standing
      ended = next === (isForwards ? step.operations.length : 0)
      await runPart(step, current, ended ? undefined : next, run)
      standing = next
    }
  } catch (error) {
    const isUnknown = mayBeCommitted(error, run.database)
    throw stepFailure(step, current, error, isUnknown ? { kind: 'unknown' } : { kind: 'operations', standing })
  }
  return true
}

/** One operation and the note that it is done: how many stand now, or, at the end, the record of the whole. */
async function runPart(
  step: PreparedStep,
  current: OperationStep | undefined,
  standing: number | undefined,
  run: MigrationRun,
): Promise<void> {
  const { database, lockTimeout } = run
  const isAlone = current?.operation.atomic === false
  if (current && isAlone) {
    await database.alterSchema((editor) => runOperation(step, current, { database, editor }), {
      atomic: false,
      lockTimeout,
    })
  }
  await database.alterSchema(
    async (editor) => {
      if (current && !isAlone) await runOperation(step, current, { database, editor })
      if (standing === undefined) await run.record(step, editor)
      else await run.note(step, standing, editor)
    },
    { lockTimeout },
  )
}

/** How many operations stand. Throws `MigrationError` where the file begins otherwise than what was done of it. */
async function standingOperations({ migration, operations }: PreparedStep, run: MigrationRun): Promise<number> {
  const done = run.unfinished.get(keyOf(migration))
  if (done === undefined) return run.isApplied(migration) ? operations.length : 0
  const now = operations.slice(0, done.length).map(({ operation }) => operation.description)
  if (done.every((description, index) => description === now[index])) return done.length
  const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ')
  throw new MigrationError(
    `${keyOf(migration)} was stopped after ${list(done)}, and its file now begins with ${list(now) || 'nothing'}. Put these operations ` +
      'back as they were: they stand in the database, and only what comes after them may be changed.',
  )
}
