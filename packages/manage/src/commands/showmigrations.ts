import { CommandError } from '@nuages/core'
import { didYouMean } from '@nuages/foundation'
import { showMigrations } from '@nuages/orm/migrations'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'

export const showmigrations = builtIn({
  name: 'showmigrations',
  help: 'Lists migrations, and which of them are applied.',
  arguments: { apps: { required: false, variadic: true, help: 'only of these apps' } },
  options: { database: { type: 'string', help: 'the database, by its alias' } },
  async run({ args, options, project, stdout }) {
    await project.setup()
    const shown = await showMigrations({ apps: migrationApps(), database: options.database })
    const labels = shown.map(({ app }) => app)
    const unknown = args.apps.find((label) => !labels.includes(label))
    if (unknown !== undefined) throw new CommandError(`There is no app '${unknown}'.${didYouMean(unknown, labels)}`)
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
