import { relative } from 'node:path'
import type { Writable } from 'node:stream'
import { answering, type MadeMigration, makeMigrations, type Questioner } from '@nuages/orm/migrations'
import { UsageError } from '../errors.ts'
import { givenAnswers } from '../migrations/given-answers.ts'
import { requireInstalledApps } from '../migrations/installed-app.ts'
import { madeText } from '../migrations/made-text.ts'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'
import { requireSoundProject } from './check.ts'

export const makemigrations = builtIn({
  arguments: { apps: { required: false, variadic: true, help: 'only for these apps' } },
  options: {
    check: { type: 'boolean', help: 'write nothing; the exit code is 1 when a migration is missing' },
    dryRun: { type: 'boolean', help: 'write nothing; show what would be written' },
    name: { type: 'string', short: 'n', help: 'the name of the migration, after its number' },
    empty: { type: 'boolean', help: 'write a migration without operations, to be filled by hand' },
    merge: { type: 'boolean', help: 'write a migration that joins those that were written apart' },
    update: { type: 'boolean', help: 'put the changes into the last migration, which must not have run' },
    rename: {
      type: 'string',
      multiple: true,
      help: 'blog.Post.title=headline: was renamed; with nothing after the =: was removed',
    },
    default: { type: 'string', multiple: true, help: 'blog.Post.title=value: what existing rows get, as JSON or text' },
    noInput: { type: 'boolean', help: 'never ask; what would be asked is an error' },
    scriptable: {
      type: 'boolean',
      help: 'only the paths of written files on the standard output, all else on the other',
    },
  },
  async run({ args, options, project, stdout, stderr }) {
    const ways = (['check', 'empty', 'merge', 'update'] as const).filter((way) => options[way])
    if (ways.length > 1 && !(ways.length === 2 && options.check && !options.empty)) {
      throw new UsageError(`${ways.map((way) => `--${way}`).join(' and ')} do not go together: choose one.`)
    }
    await requireSoundProject(project, stderr)
    requireInstalledApps(args.apps)
    const log = options.scriptable ? stderr : stdout
    const given = answering(givenAnswers(options.rename, options.default))
    // Nobody is there on a build server, even where it has a terminal.
    const asks = process.stdin.isTTY === true && !options.noInput && !options.check && !process.env.CI
    const { changes, written, warnings } = await makeMigrations({
      apps: migrationApps(),
      only: args.apps.length > 0 ? args.apps : undefined,
      check: options.check,
      dryRun: options.dryRun,
      name: options.name,
      empty: options.empty,
      merge: options.merge,
      update: options.update,
      database: 'default',
      questioner: asks ? await inTerminal(given, options.scriptable ? process.stderr : process.stdout) : given,
    })
    for (const warning of warnings) stderr.write(`${warning}\n`)
    if (changes.length === 0) {
      log.write(
        options.merge
          ? 'Nothing to merge: every app has one end.\n'
          : 'No changes: the migrations say what the models say.\n',
      )
    }
    for (const change of changes) log.write(madeText(change, project.baseDir))
    if (options.dryRun) for (const change of changes) log.write(sourceText(change, project.baseDir))
    if (options.scriptable) for (const path of written) stdout.write(`${relative(process.cwd(), path)}\n`)
    return options.check && changes.length > 0 ? 1 : 0
  },
})

async function inTerminal(given: Questioner, output: Writable): Promise<Questioner> {
  const { askInTerminal } = await import('../migrations/ask-in-terminal.ts')
  return askInTerminal(given, output)
}

function sourceText({ path, source }: MadeMigration, baseDir: string): string {
  return `\n// ${relative(baseDir, path)}\n${source}`
}
