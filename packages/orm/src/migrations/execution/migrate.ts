import type { Database, SchemaLock } from '../../backends/database.ts'
import { TransactionManagementError } from '../../backends/errors.ts'
import { database as configuredDatabase } from '../../backends/registry.ts'
import { readMigrations } from '../loader.ts'
import { keyOf, type Migration } from '../migration.ts'
import { migrationPlan, type PlanOptions } from './migration-plan.ts'
import { MigrationRun, type RunOptions } from './migration-run.ts'
import { makePlan } from './plan.ts'
import { type PlannedMigration, planned } from './planned-migration.ts'
import { postMigrate } from './post-migrate.ts'
import { preMigrate } from './pre-migrate.ts'
import { prepareSteps } from './prepare-steps.ts'
import { runStep } from './run-step.ts'
import { type Survey, surveyDatabase } from './survey.ts'

export interface MigrateOptions extends PlanOptions, RunOptions {
  /** Only tells what would run. */
  readonly plan?: boolean
}

/**
 * Brings the database to the target and returns what it ran. Each migration is one transaction with its record, unless it says
 * `atomic: false`: one that fails throws `MigrationFailed`, which says what is left of it, and those before it stay. Two deployments at
 * once are in order: the later one waits, and finds done what the other did. Sends `preMigrate` and `postMigrate`.
 */
export async function migrate(options: MigrateOptions): Promise<PlannedMigration[]> {
  if (options.plan) return migrationPlan(options)
  const database = configuredDatabase(options.database)
  assertOutsideBlock(database)
  const files = await readMigrations(options.apps)
  const { lockTimeout, onProgress } = options
  const lock = await database.lockSchema?.({
    timeout: lockTimeout,
    onWait: (holder) => onProgress?.({ kind: 'wait', holder }),
  })
  try {
    return await migrateAlone(files, database, options, lock)
  } finally {
    await lock?.release()
  }
}

/** Inside a block the lock would be waited for by whoever has it to give. */
function assertOutsideBlock(database: Database): void {
  if (!database.inAtomicBlock) return
  throw new TransactionManagementError(
    `migrate() on '${database.alias}' is inside atomic(), and its migrations are transactions of their own. Call it outside.`,
    { alias: database.alias },
  )
}

async function migrateAlone(
  files: readonly Migration[],
  database: Database,
  options: MigrateOptions,
  lock: SchemaLock | undefined,
): Promise<PlannedMigration[]> {
  let survey = await surveyDatabase(files, options.apps, database)
  let steps = makePlan(survey.graph, survey.ran, options)
  const plan = steps.map(planned)
  const ran: PlannedMigration[] = []
  // What cannot run stops the plan before anybody hears of it.
  let prepared = prepareSteps(survey.graph, survey.ran, steps)
  await preMigrate.send({ database: database.alias, plan })
  for (;;) {
    const before = ran.length
    const run = new MigrationRun(database, survey, options)
    // The states of a step go with it: there may be many.
    for (let step = prepared.shift(); step !== undefined; step = prepared.shift()) {
      lock?.assertHeld()
      if (!(await runStep(step, run))) break
      ran.push(planned(step))
    }
    if (ran.length - before === steps.length) break
    // Another process was quicker: behind some poolers the lock keeps nobody out.
    survey = await surveyDatabase(files, options.apps, database)
    steps = makePlan(survey.graph, survey.ran, options)
    prepared = prepareSteps(survey.graph, survey.ran, steps)
  }
  await recordReplacements(survey, database, options)
  await postMigrate.send({ database: database.alias, plan, ran })
  return ran
}

/** A squashed migration is recorded once everything that it was squashed from has run. Django's `check_replacements`. */
async function recordReplacements({ files, recorder }: Survey, database: Database, { lockTimeout }: RunOptions) {
  const squashed = files.filter(({ replaces }) => replaces.length > 0)
  if (squashed.length === 0) return
  const record = new Set((await recorder.applied()).keys())
  // One that was squashed from squashed ones comes after them.
  const whole: Migration[] = []
  for (let found = true; found; ) {
    found = false
    for (const migration of squashed) {
      if (record.has(keyOf(migration)) || !migration.replaces.every((key) => record.has(keyOf(key)))) continue
      record.add(keyOf(migration))
      whole.push(migration)
      found = true
    }
  }
  if (whole.length === 0) return
  await database.alterSchema((editor) => recorder.recordApplied(whole, editor), { lockTimeout })
}
