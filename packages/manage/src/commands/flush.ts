import { flush as emptyTables, sqlFlush } from '@nuages/orm/migrations'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'
import { confirm } from '../program/confirm.ts'
import { numbered } from '../program/numbered.ts'

const database = { type: 'string', help: 'the database, by its alias' } as const

export const flush = builtIn({
  options: { noInput: { type: 'boolean', help: 'do not ask' }, database },
  async run({ options, project, stdout }) {
    await project.setup()
    const alias = options.database ?? 'default'
    if (!options.noInput) {
      await confirm({
        message: `Every row of every model in the database '${alias}' will be gone. Go on?`,
        unasked: `flush takes all rows out of the database '${alias}', and nobody is there to be asked.`,
        refused: 'every row is still there.',
        initialValue: false,
      })
    }
    const tables = await emptyTables({ apps: migrationApps(), database: alias })
    stdout.write(`Emptied ${numbered(tables.length, 'table')} of the database '${alias}'.\n`)
  },
})

export const sqlflush = builtIn({
  options: { database },
  async run({ options, project, stdout }) {
    await project.setup()
    const statements = await sqlFlush({ apps: migrationApps(), database: options.database })
    stdout.write(statements.map((statement) => `${statement}\n`).join(''))
  },
})
