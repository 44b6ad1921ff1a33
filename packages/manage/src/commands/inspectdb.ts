import { readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { apps, CommandError } from '@nuages/core'
import { database } from '@nuages/orm'
import { inspectModels } from '@nuages/orm/migrations'
import { knownModels } from '../migrations/known-models.ts'
import { builtIn } from '../program/built-in.ts'

export const inspectdb = builtIn({
  arguments: { tables: { required: false, variadic: true, help: 'only for these tables, or views' } },
  options: {
    app: { type: 'string', help: 'the app they are for: its name in front of a table is none of the class' },
    managed: { type: 'boolean', help: 'let migrations manage the tables that they would make just so' },
    includeViews: { type: 'boolean', help: 'views too' },
    includePartitions: { type: 'boolean', help: 'the partitions of tables too' },
    output: {
      type: 'string',
      short: 'o',
      help: 'write this file, which must be new or without code, in place of printing',
    },
    database: { type: 'string', help: 'the database, by its alias' },
  },
  async run({ args, options, project, stdout }) {
    await project.setup()
    const file = options.output === undefined ? undefined : resolve(options.output)
    const source = await inspectModels(database(options.database), {
      tables: args.tables,
      app: options.app,
      known: knownModels(project.baseDir, folderOf(project.baseDir, options.app, file)),
      managed: options.managed,
      views: options.includeViews,
      partitions: options.includePartitions,
    })
    if (file === undefined) {
      stdout.write(source)
      return
    }
    await write(file, source)
    stdout.write(`Wrote ${file}.\n`)
  },
})

/** The models.ts that `startapp` makes has comments and nothing else: who writes over that takes nothing away. */
async function write(file: string, source: string): Promise<void> {
  const isEmpty = await readFile(file, 'utf8').then(isWithoutCode, () => false)
  await writeFile(file, source, { flag: isEmpty ? 'w' : 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    throw new CommandError(`There is a file ${file} already, with code in it: inspectdb writes over none.`)
  })
}

function isWithoutCode(source: string): boolean {
  return /^(?:\s|\/\/.*|export \{\};?)*$/.test(source)
}

/** Where the models will stand: imports of others are written from there. */
function folderOf(baseDir: string, app: string | undefined, file: string | undefined): string {
  if (file !== undefined) return dirname(file)
  return app !== undefined && apps.has(app) ? apps.get(app).dir : baseDir
}
