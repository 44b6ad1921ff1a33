import { type MigrationStatus, showMigrations, showPlan } from '@nuages/orm/migrations'
import { UsageError } from '../errors.ts'
import { requireInstalledApps } from '../migrations/installed-app.ts'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'

export const showmigrations = builtIn({
  arguments: { apps: { required: false, variadic: true, help: 'only of these apps' } },
  options: {
    list: { type: 'boolean', short: 'l', help: 'by app; this is what it does by itself' },
    plan: { type: 'boolean', short: 'p', help: 'in the order in which they run, with what the apps need of others' },
    verbose: { type: 'boolean', short: 'v', help: 'also when they ran, or, with --plan, what each needs' },
    database: { type: 'string', help: 'the database, by its alias' },
  },
  async run({ args, options, project, stdout }) {
    if (options.list && options.plan) throw new UsageError('showmigrations takes --list or --plan, not both.')
    await project.setup()
    requireInstalledApps(args.apps)
    const { database, verbose } = options
    if (options.plan) {
      const plan = await showPlan({ apps: migrationApps(), only: args.apps, database })
      const lines = plan.map((one) => `${mark(one)}  ${one.app}.${title(one)}${verbose ? needs(one) : ''}\n`)
      stdout.write(lines.join('') || '(no migrations)\n')
      return
    }
    for (const { app, migrations } of await showMigrations({ apps: migrationApps(), database })) {
      if (args.apps.length > 0 && !args.apps.includes(app)) continue
      const lines = migrations.map((one) => ` ${mark(one)} ${title(one)}${verbose ? time(one) : ''}\n`)
      stdout.write(`${app}\n${lines.join('') || ' (no migrations)\n'}`)
    }
  },
})

/** `[x]` has run, `[-]` wants another `migrate`. */
function mark({ state }: MigrationStatus): string {
  return { applied: '[x]', unapplied: '[ ]', unrecorded: '[-]', unfinished: '[-]' }[state]
}

function title({ name, state, missing, squashed, standing }: MigrationStatus): string {
  const remarks = [
    squashed === undefined ? [] : [`${squashed} squashed migrations`],
    missing ? ['applied, but its file is gone'] : [],
    state === 'unrecorded' ? ['all of them ran; migrate will record it'] : [],
    state === 'unfinished' ? [`stopped when ${standing} of its operations stood; migrate goes on with it`] : [],
  ].flat()
  return `${name}${remarks.map((remark) => ` (${remark})`).join('')}`
}

function time({ applied }: MigrationStatus): string {
  return applied === undefined ? '' : ` (ran ${applied.slice(0, 19)} UTC)`
}

function needs({ needs: names }: MigrationStatus): string {
  return names.length === 0 ? '' : ` … after ${names.join(', ')}`
}
