import { CommandError, defineCommand } from '@nuages/core'
import { collectStatic } from './collect-static.ts'
import { findAllStatic } from './find-static.ts'
import { staticSources } from './static-source.ts'

/** Tells which file a static path stands for, and which others it hides. Django's `findstatic`. */
export const findstatic = defineCommand({
  name: 'findstatic',
  help: 'Show which file a static path stands for, and those it hides.',
  arguments: { paths: { help: "Such as 'blog/site.css'.", variadic: true } },
  options: { first: { type: 'boolean', help: 'Only the file that is served.' } },
  async run({ args, options, stdout, stderr }) {
    let missing = 0
    for (const path of args.paths) {
      const found = await findAllStatic(path)
      if (found.length === 0) {
        missing += 1
        stderr.write(`No file for '${path}'.\n`)
        continue
      }
      stdout.write(`${path}\n`)
      for (const { file, source } of options.first ? found.slice(0, 1) : found) {
        stdout.write(`  ${file} (${source.owner})\n`)
      }
    }
    if (missing > 0) throw new CommandError(`${missing} of ${args.paths.length} not found. Searched:\n${searched()}`)
  },
})

function searched(): string {
  return staticSources()
    .map(({ dir, owner }) => `  ${dir} (${owner})`)
    .join('\n')
}

/** Copies every static file into `staticRoot`. Django's `collectstatic`; it never asks, as it only writes there. */
export const collectstatic = defineCommand({
  name: 'collectstatic',
  help: 'Copy the static files of the project and its apps into staticRoot.',
  options: {
    clear: { type: 'boolean', short: 'c', help: 'Empty staticRoot first.' },
    'dry-run': { type: 'boolean', short: 'n', help: 'Only say what would be copied.' },
  },
  async run({ options, stdout, settings }) {
    const { staticRoot } = settings
    if (staticRoot === undefined) {
      throw new CommandError('collectstatic needs to know where to: staticRoot is not set.', {
        hint: "Add staticRoot: 'collected-static' to the settings.",
      })
    }
    const { copied, unchanged } = await collectStatic(staticRoot, { clear: options.clear, dryRun: options['dry-run'] })
    if (options['dry-run']) for (const path of copied) stdout.write(`Would copy ${path}\n`)
    const verb = options['dry-run'] ? 'to copy' : 'copied'
    stdout.write(`${copied.length} static files ${verb} to ${staticRoot}, ${unchanged.length} unchanged.\n`)
  },
})
