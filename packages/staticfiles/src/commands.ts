import { CommandError, defineCommand, type Settings } from '@nuages/core'
import { type CollectResult, collectStatic } from './collect/collect-static.ts'
import { findAllStatic } from './find-static.ts'
import { staticSources } from './static-source.ts'
import { staticfilesSection } from './staticfiles-settings.ts'

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
  help: 'Copy the static files of the project and its apps into staticRoot, with hashed names and compressed.',
  options: {
    clear: {
      type: 'boolean',
      short: 'c',
      help: 'Write everything anew and remove what is there besides, former hashed files as well.',
    },
    'dry-run': { type: 'boolean', short: 'n', help: 'Only say what would be done.' },
    ignore: { type: 'string', short: 'i', multiple: true, help: "Leave out what matches, such as '*.psd'." },
    'no-post-process': { type: 'boolean', help: 'Copy only: no hashed names, no manifest.' },
    'no-compress': { type: 'boolean', help: 'Put no compressed files beside the others.' },
  },
  async run({ options, stdout, stderr, settings }) {
    const { staticRoot } = settings
    if (staticRoot === undefined) {
      throw new CommandError('collectstatic needs to know where to: staticRoot is not set.', {
        hint: "Add staticRoot: 'collected-static' to the settings.",
      })
    }
    const section = staticfilesSection(settings as Settings)
    const dryRun = options['dry-run']
    const result = await collectStatic(staticRoot, {
      clear: options.clear,
      dryRun,
      ignore: options.ignore,
      postProcess: section.manifest !== false && !options['no-post-process'],
      strict: section.strictReferences,
      precompress: options['no-compress'] ? [] : section.precompress,
    })
    for (const warning of result.warnings) stderr.write(`Warning: ${warning}\n`)
    if (dryRun) {
      for (const path of result.copied) stdout.write(`Would copy ${path}\n`)
      for (const name of result.hashed) stdout.write(`Would write ${name}\n`)
    }
    stdout.write(`${summary(result, staticRoot, dryRun)}\n`)
  },
})

function summary({ copied, unchanged, hashed, compressed }: CollectResult, root: string, dryRun: boolean): string {
  const counts = [
    `${copied.length} static files ${dryRun ? 'to copy' : 'copied'} to ${root}`,
    `${unchanged.length} unchanged`,
    ...(hashed.length > 0 ? [`${hashed.length} hashed`] : []),
    ...(compressed.length > 0 ? [`${compressed.length} compressed`] : []),
  ]
  return `${counts.join(', ')}.`
}
