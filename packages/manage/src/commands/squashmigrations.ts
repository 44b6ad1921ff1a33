import { relative } from 'node:path'
import { type SquashedMigrations, squashMigrations } from '@nuages/orm/migrations'
import { requireInstalledApps } from '../migrations/installed-app.ts'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'
import { confirm } from '../program/confirm.ts'

export const squashmigrations = builtIn({
  arguments: {
    app: { help: 'their app' },
    migration: { help: 'the last of them; the first, where another follows' },
    last: { required: false, help: 'the last of them' },
  },
  options: {
    noOptimize: { type: 'boolean', help: 'put the operations together as they are' },
    noInput: { type: 'boolean', help: 'do not ask' },
    squashedName: { type: 'string', help: 'the name of the migration, after its number' },
  },
  async run({ args, options, project, stdout }) {
    await project.setup()
    requireInstalledApps([args.app])
    const range = args.last === undefined ? { to: args.migration } : { from: args.migration, to: args.last }
    const squash = (dryRun: boolean) =>
      squashMigrations({
        apps: migrationApps(),
        app: args.app,
        ...range,
        name: options.squashedName,
        optimize: !options.noOptimize,
        dryRun,
      })
    const planned = await squash(true)
    stdout.write(
      `${args.app}: these become one migration:\n${planned.replaced.map((name) => `  - ${name}\n`).join('')}`,
    )
    if (!options.noInput) {
      await confirm({
        message: `Write ${planned.name}?`,
        unasked: `Nobody is there to be asked whether to write ${planned.name}.`,
        refused: 'nothing was written.',
      })
    }
    stdout.write(outcome(await squash(false), project.baseDir))
  },
})

function outcome(squashed: SquashedMigrations, baseDir: string): string {
  const { path, operationsBefore, operations, elided, borrowedFrom, replaced } = squashed
  const lines = [
    `${relative(baseDir, path)}: ${operationsBefore} operations came to ${operations.length}.`,
    ...(elided.length === 0 ? [] : [`Left out, as they say that squashing may: ${elided.join(', ')}.`]),
    'Commit it beside the others: a database that ran them counts it as done, a new one runs it in their place.',
    `Once every database has them, delete ${replaced.join(', ')}; a release later take \`replaces\` out of it.`,
    ...(borrowedFrom.length === 0
      ? []
      : [`Its code is still that of ${borrowedFrom.join(', ')}: move it over before you delete them.`]),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
