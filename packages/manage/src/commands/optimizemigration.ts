import { relative } from 'node:path'
import { type OptimizedMigration, optimizeMigration } from '@nuages/orm/migrations'
import { requireInstalledApps } from '../migrations/installed-app.ts'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'

export const optimizemigration = builtIn({
  arguments: { app: { help: 'its app' }, migration: { help: 'its name, or the start of it' } },
  options: { check: { type: 'boolean', help: 'write nothing; the exit code is 1 when there is something to fold' } },
  async run({ args, options, project, stdout }) {
    await project.setup()
    requireInstalledApps([args.app])
    const { check } = options
    const optimized = await optimizeMigration({ apps: migrationApps(), app: args.app, name: args.migration, check })
    if (!optimized) {
      stdout.write('Nothing to fold.\n')
      return 0
    }
    stdout.write(check ? wouldBe(optimized) : outcome(optimized, project.baseDir))
    return check ? 1 : 0
  },
})

function wouldBe({ operationsBefore, operations }: OptimizedMigration): string {
  const list = operations.map((operation) => `  - ${operation}\n`).join('')
  return `${operationsBefore} operations would come to ${operations.length}${list === '' ? '' : ':'}\n${list}`
}

function outcome({ path, operationsBefore, operations, replaced }: OptimizedMigration, baseDir: string): string {
  const file = relative(baseDir, path)
  const done = `${file}: ${operationsBefore} operations came to ${operations.length}.\n`
  if (replaced === undefined) return done
  return (
    `${done}It stands for ${replaced}, whose file has comments, constants or code of its own. Move over what you want to keep, ` +
    'delete that file once every database has it, and take `replaces` out a release later.\n'
  )
}
