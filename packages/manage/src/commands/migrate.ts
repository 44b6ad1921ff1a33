import {
  migrate as applyMigrations,
  type Finding,
  findingText,
  isUnsafe,
  migrationPlan,
  type PlannedMigration,
  type PlanOptions,
  planFindings,
  pruneRecord,
} from '@nuages/orm/migrations'
import { UsageError } from '../errors.ts'
import { requireInstalledApps } from '../migrations/installed-app.ts'
import { named, progressText, verb } from '../migrations/migrate-progress.ts'
import { migrationApps } from '../migrations/migration-apps.ts'
import { warnOfDrift, warnOfUnreflectedChanges } from '../migrations/migration-warnings.ts'
import { builtIn } from '../program/built-in.ts'
import { requireSoundProject } from './check.ts'

export const migrate = builtIn({
  arguments: {
    app: { required: false, help: 'only this app' },
    migration: { required: false, help: 'bring the app to this migration; zero takes back all of them' },
  },
  options: {
    plan: { type: 'boolean', help: 'only show what would be done, and what of it locks, breaks or loses something' },
    failUnsafe: { type: 'boolean', help: 'with --plan: the exit code is 1 for what no migration has considered' },
    check: { type: 'boolean', help: 'do nothing; the exit code is 1 when there is something to do' },
    fake: { type: 'boolean', help: 'write the record and leave the tables alone' },
    fakeInitial: { type: 'boolean', help: 'only record first migrations whose tables and columns are there already' },
    prune: { type: 'boolean', help: 'take migrations of the app out of the record whose files are gone' },
    lockTimeout: { type: 'number', help: 'seconds to wait for another migrate, and on PostgreSQL for locked tables' },
    database: { type: 'string', help: 'the database, by its alias' },
    skipChecks: { type: 'boolean', help: 'leave out the system checks' },
    noInput: { type: 'boolean', help: 'never ask; migrate asks nothing, so that scripts made for Django run' },
  },
  async run({ args, options, project, stdout, stderr }) {
    const { lockTimeout, database } = options
    if (lockTimeout !== undefined && lockTimeout < 0) {
      throw new UsageError(`--lock-timeout is ${lockTimeout}; it takes seconds, from 0 up.`)
    }
    await (options.skipChecks ? project.setup() : requireSoundProject(project, stderr))
    if (args.app !== undefined) requireInstalledApps([args.app])
    const apps = migrationApps()
    if (options.prune) {
      stdout.write(await pruned({ apps, app: args.app, name: args.migration, database }))
      return 0
    }
    const target = { apps, app: args.app, name: args.migration, database }
    await warnOfDrift(target, stderr)
    if (options.failUnsafe && !options.plan) throw new UsageError('--fail-unsafe goes with --plan.')
    if (options.plan || options.check) {
      const plan = await migrationPlan(target)
      const findings = options.plan ? await planFindings(target) : []
      const told = plan.map(options.plan ? (migration) => planned(migration, findings) : unapplied)
      stdout.write(plan.length === 0 ? 'Nothing to do.\n' : told.join(''))
      return (options.check && plan.length > 0) || (options.failUnsafe && isUnsafe(findings)) ? 1 : 0
    }
    const ran = await applyMigrations({
      ...target,
      fake: options.fake,
      fakeInitial: options.fakeInitial,
      lockTimeout: lockTimeout === undefined ? undefined : lockTimeout * 1000,
      onProgress: (progress) => stdout.write(progressText(progress)),
    })
    if (ran.length === 0) stdout.write('Nothing to do: the database has every migration.\n')
    if (args.migration === undefined) await warnOfUnreflectedChanges(apps, stderr)
    return 0
  },
})

async function pruned({ apps, app, name, database }: PlanOptions): Promise<string> {
  if (app === undefined || name !== undefined) throw new UsageError('--prune takes an app, and no migration.')
  const gone = await pruneRecord({ apps, app, database })
  if (gone.length === 0) return `Nothing to prune: the files of every recorded migration of ${app} are there.\n`
  return gone.map((one) => `Pruned ${app}.${one.name} from the record.\n`).join('')
}

function unapplied(migration: PlannedMigration): string {
  return `${migration.direction === 'forwards' ? 'Not applied' : 'To take back'}: ${named(migration)}\n`
}

function planned(migration: PlannedMigration, findings: readonly Finding[]): string {
  const own = findings.filter((finding) => finding.migration === named(migration))
  const operations = migration.operations.map((operation, index) => {
    const texts = own.filter((finding) => finding.operation === index).map((finding) => findingText(finding))
    return `  - ${operation}\n${texts.join('')}`
  })
  return `${verb(migration)} ${named(migration)}\n${operations.join('')}`
}
