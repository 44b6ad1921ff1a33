import { showMigrations } from '@nuages/orm/migrations'
import { requireInstalledApps } from '../migrations/installed-app.ts'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'

export const showmigrations = builtIn({
  name: 'showmigrations',
  help: 'Lists migrations, and which of them are applied.',
  arguments: { apps: { required: false, variadic: true, help: 'only of these apps' } },
  options: { database: { type: 'string', help: 'the database, by its alias' } },
  async run({ args, options, project, stdout }) {
    await project.setup()
    requireInstalledApps(args.apps)
    const shown = await showMigrations({ apps: migrationApps(), database: options.database })
    for (const { app, migrations } of shown) {
      if (args.apps.length > 0 && !args.apps.includes(app)) continue
      const lines = migrations.map(
        ({ name, applied, missing }) =>
          ` [${applied === undefined ? ' ' : 'x'}] ${name}${missing ? ' (applied, but its file is gone)' : ''}\n`,
      )
      stdout.write(`${app}\n${lines.join('') || ' (no migrations)\n'}`)
    }
  },
})
