import { CommandError } from '@nuages/core'
import { atomic } from '@nuages/orm'
import { serializationFormats } from '@nuages/orm/serializers'
import { chosenModels } from '../fixtures/chosen-models.ts'
import { countRows, dumpedModels, dumpedRows } from '../fixtures/dumped-rows.ts'
import { writeDump } from '../fixtures/write-dump.ts'
import { builtIn } from '../program/built-in.ts'
import { numbered } from '../program/numbered.ts'

export const dumpdata = builtIn({
  arguments: { models: { required: false, variadic: true, help: 'only these apps (blog) and models (blog.Post)' } },
  options: {
    all: { type: 'boolean', short: 'a', help: 'by the plain manager of each model, not by its own' },
    exclude: { type: 'string', short: 'e', multiple: true, help: 'not these apps and models' },
    format: {
      type: 'string',
      choices: serializationFormats,
      help: 'json or jsonl; by the name of --output unless told',
    },
    indent: { type: 'number', help: 'spaces of indentation; of json alone' },
    database: { type: 'string', help: 'the database, by its alias' },
    naturalForeign: { type: 'boolean', help: 'name related rows by their natural keys' },
    naturalPrimary: { type: 'boolean', help: 'leave out the primary keys of rows that have natural ones' },
    pks: { type: 'string', help: 'only the rows with these keys, separated by commas; of one model' },
    output: { type: 'string', short: 'o', help: 'the file; .gz and .zst compress it' },
  },
  async run({ args, options, project, stdout, stderr }) {
    await project.setup()
    const using = options.database ?? 'default'
    const models = dumpedModels(chosenModels(args.models), chosenModels(options.exclude), {
      using,
      sorted: options.naturalForeign,
    })
    const pks = options.pks?.split(',').map((key) => key.trim())
    if (pks && (args.models.length !== 1 || models.length !== 1)) {
      throw new CommandError(
        `--pks names rows of one model, such as dumpdata blog.Post --pks 1,2; got ${args.models.join(', ') || 'none'}.`,
      )
    }
    // One transaction, which sees the database as it is now: what changes meanwhile is in no part of the dump.
    await atomic(
      async () => {
        const selection = { models, using, pks, all: options.all }
        const written = await writeDump(dumpedRows(selection), {
          path: options.output,
          format: options.format as (typeof serializationFormats)[number] | undefined,
          indent: options.indent,
          useNaturalForeignKeys: options.naturalForeign,
          useNaturalPrimaryKeys: options.naturalPrimary,
          total: options.output !== undefined && stderr.isTTY ? await countRows(selection) : 0,
          stdout,
          stderr,
        })
        if (options.output !== undefined) stderr.write(`Wrote ${numbered(written, 'row')} to ${options.output}.\n`)
      },
      { using, isolationLevel: 'repeatable read', readOnly: true },
    )
  },
})
