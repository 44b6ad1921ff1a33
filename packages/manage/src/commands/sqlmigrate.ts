import { sqlMigrate } from '@nuages/orm/migrations'
import { requireInstalledApps } from '../migrations/installed-app.ts'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'

export const sqlmigrate = builtIn({
  arguments: { app: { help: 'its app' }, migration: { help: 'its name, or the start of it' } },
  options: {
    backwards: { type: 'boolean', help: 'the SQL that takes it back' },
    database: { type: 'string', help: 'the database, by its alias' },
  },
  async run({ args, options, project, stdout }) {
    await project.setup()
    requireInstalledApps([args.app])
    const statements = await sqlMigrate({
      apps: migrationApps(),
      app: args.app,
      name: args.migration,
      backwards: options.backwards,
      database: options.database,
    })
    stdout.write(statements.map((statement) => `${statement}\n`).join(''))
  },
})
