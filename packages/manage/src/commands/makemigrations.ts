import { relative } from 'node:path'
import { answering, type MadeMigration, makeMigrations } from '@nuages/orm/migrations'
import { askInTerminal } from '../migrations/ask-in-terminal.ts'
import { givenAnswers } from '../migrations/given-answers.ts'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'
import { requireSoundProject } from './check.ts'

export const makemigrations = builtIn({
  name: 'makemigrations',
  help: 'Writes migrations for what changed in the models.',
  arguments: { apps: { required: false, variadic: true, help: 'only for these apps' } },
  options: {
    check: { type: 'boolean', help: 'write nothing; the exit code is 1 when a migration is missing' },
    dryRun: { type: 'boolean', help: 'write nothing; show what would be written' },
    name: { type: 'string', short: 'n', help: 'the name of the migration, after its number' },
    empty: { type: 'boolean', help: 'write a migration without operations, to be filled by hand' },
    rename: {
      type: 'string',
      multiple: true,
      help: 'blog.Post.title=headline: was renamed; with nothing after the =: was removed',
    },
    default: { type: 'string', multiple: true, help: 'blog.Post.title=value: what existing rows get, as JSON or text' },
    noInput: { type: 'boolean', help: 'never ask; what would be asked is an error' },
  },
  async run({ args, options, project, stdout, stderr }) {
    await requireSoundProject(project, stderr)
    const given = answering(givenAnswers(options.rename, options.default))
    const asks = process.stdin.isTTY === true && !options.noInput && !options.check
    const { changes } = await makeMigrations({
      apps: migrationApps(),
      only: args.apps.length > 0 ? args.apps : undefined,
      check: options.check,
      dryRun: options.dryRun,
      name: options.name,
      empty: options.empty,
      questioner: asks ? askInTerminal(given) : given,
    })
    if (changes.length === 0) stdout.write('No changes: the migrations say what the models say.\n')
    for (const change of changes) stdout.write(summary(change, project.baseDir))
    if (options.dryRun)
      for (const { path, source } of changes) stdout.write(`\n// ${relative(project.baseDir, path)}\n${source}`)
    return options.check && changes.length > 0 ? 1 : 0
  },
})

function summary({ app, path, operations }: MadeMigration, baseDir: string): string {
  return `${app}: ${relative(baseDir, path)}\n${operations.map((operation) => `  - ${operation}\n`).join('')}`
}
