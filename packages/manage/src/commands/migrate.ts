import { migrate as applyMigrations, migrationPlan, type PlannedMigration } from '@nuages/orm/migrations'
import { requireInstalledApps } from '../migrations/installed-app.ts'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'
import { requireSoundProject } from './check.ts'

export const migrate = builtIn({
  name: 'migrate',
  help: 'Applies migrations, or takes them back.',
  arguments: {
    app: { required: false, help: 'only this app' },
    migration: { required: false, help: 'bring the app to this migration; zero takes back all of them' },
  },
  options: {
    plan: { type: 'boolean', help: 'only show what would be done' },
    fake: { type: 'boolean', help: 'write the record and leave the tables alone' },
    database: { type: 'string', help: 'the database, by its alias' },
  },
  async run({ args, options, project, stdout, stderr }) {
    await requireSoundProject(project, stderr)
    if (args.app !== undefined) requireInstalledApps([args.app])
    const target = { apps: migrationApps(), app: args.app, name: args.migration, database: options.database }
    if (options.plan) {
      const plan = await migrationPlan(target)
      stdout.write(plan.length === 0 ? 'Nothing to do.\n' : plan.map(planned).join(''))
      return
    }
    const ran = await applyMigrations({
      ...target,
      fake: options.fake,
      onProgress(progress) {
        if (progress.kind === 'start') stdout.write(`${verb(progress.migration)} ${named(progress.migration)} … `)
        else stdout.write(`${progress.fake ? 'recorded only' : 'done'} (${Math.round(progress.duration)} ms)\n`)
      },
    })
    if (ran.length === 0) stdout.write('Nothing to do: the database has every migration.\n')
  },
})

function named({ app, name }: PlannedMigration): string {
  return `${app}.${name}`
}

function verb({ direction }: PlannedMigration): string {
  return direction === 'forwards' ? 'Applying' : 'Taking back'
}

function planned(migration: PlannedMigration): string {
  return `${verb(migration)} ${named(migration)}\n${migration.operations.map((operation) => `  - ${operation}\n`).join('')}`
}
