import { alreadyThere } from './already-there.ts'
import type { MigrationRun } from './migration-run.ts'
import type { PreparedStep } from './prepare-steps.ts'
import { runAtomic } from './run-atomic.ts'
import { runInParts } from './run-in-parts.ts'

/** Runs one step and its record. Answers whether it ran: another process may have been quicker, and then the plan is to be made again. */
export async function runStep(step: PreparedStep, run: MigrationRun): Promise<boolean> {
  const { fake = false, fakeInitial = false } = run.options
  run.prepare(fake || (fakeInitial && (await alreadyThere(step, run.database))))
  try {
    const inParts = !step.migration.atomic && !run.isFake
    const ran = await (inParts ? runInParts(step, run) : runAtomic(step, run))
    if (ran) run.end('done', step)
    return ran
  } catch (error) {
    run.end('failed', step)
    throw error
  }
}
