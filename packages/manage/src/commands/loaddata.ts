import { CommandError, fixtureDirs } from '@nuages/core'
import {
  type Fixture,
  findFixtures,
  loadFixtures,
  type SerializationFormat,
  serializationFormats,
} from '@nuages/orm/serializers'
import { chosenModels } from '../fixtures/chosen-models.ts'
import { ProgressBar } from '../fixtures/progress-bar.ts'
import { requireInstalledApps } from '../migrations/installed-app.ts'
import { builtIn } from '../program/built-in.ts'
import { numbered } from '../program/numbered.ts'

export const loaddata = builtIn({
  arguments: { fixtures: { variadic: true, help: 'their names or paths; - is standard input' } },
  options: {
    database: { type: 'string', help: 'the database, by its alias' },
    app: { type: 'string', help: 'look for them in this app alone' },
    exclude: { type: 'string', short: 'e', multiple: true, help: 'not the rows of these apps and models' },
    format: { type: 'string', choices: serializationFormats, help: 'the format of standard input' },
    ignoreNonExistent: { type: 'boolean', short: 'i', help: 'pass over models and fields that there are not' },
  },
  async run({ args, options, project, stdout, stderr }) {
    await project.setup()
    if (options.app !== undefined) requireInstalledApps([options.app])
    let read = 0
    let size = 0
    const fixtures = args.fixtures.flatMap((label): readonly Fixture[] => {
      if (label === '-') return [standardInput(options.format as SerializationFormat | undefined)]
      const found = findFixtures(label, {
        dirs: fixtureDirs(options.app),
        using: options.database,
        onRead: (bytes) => {
          read += bytes
        },
      })
      for (const file of found) size += file.size
      return found
    })
    const bar = new ProgressBar(stderr, size)
    try {
      const count = await loadFixtures(fixtures, {
        using: options.database,
        ignoreNonExistent: options.ignoreNonExistent,
        exclude: chosenModels(options.exclude),
        onProgress: (rows) => bar.update(read, `${rows.toLocaleString('en')} rows`),
      })
      bar.clear()
      stdout.write(`Loaded ${numbered(count, 'row')} of ${numbered(fixtures.length, 'fixture')}.\n`)
    } finally {
      bar.clear()
    }
  },
})

function standardInput(format: SerializationFormat | undefined): Fixture {
  if (format === undefined)
    throw new CommandError('Of standard input the format is not known: give --format json or jsonl.')
  return { name: 'standard input', format, open: () => process.stdin, once: true }
}
