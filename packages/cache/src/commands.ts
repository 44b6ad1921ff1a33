import { CommandError, defineCommand } from '@nuages/core'
import { database } from '@nuages/orm'
import { CacheAddress } from './cache-address.ts'
import { cacheTable } from './stores/database/cache-table.ts'
import { type DatabasePlace, databasePlace } from './stores/database/database-place.ts'

/** Makes the tables of the database caches that the settings name. Django's `createcachetable`. */
export const createcachetable = defineCommand({
  name: 'createcachetable',
  help: 'Make the tables of database caches.',
  arguments: {
    table: {
      required: false,
      variadic: true,
      help: 'the tables to make; those of all database caches of the settings when left out',
    },
  },
  options: {
    database: {
      type: 'string',
      help: 'the database that the named tables belong to; what the settings say when left out',
    },
    'dry-run': { type: 'boolean', help: 'print the SQL, and make nothing' },
  },
  async run({ args, options, stdout, settings }) {
    for (const place of wantedPlaces(settings.caches, args.table, options.database)) {
      const open = database(place.database)
      if ((await open.tableNames()).includes(place.table)) {
        stdout.write(`The cache table '${place.table}' is there already.\n`)
        continue
      }
      const schema = cacheTable(place.table, open.vendor)
      if (options['dry-run']) {
        const target = { run: async (sql: string) => void stdout.write(`${sql};\n`), all: async () => [] }
        await open.schemaEditor(target).createTable(schema)
        continue
      }
      await open.alterSchema((editor) => editor.createTable(schema))
      stdout.write(`Made the cache table '${place.table}' in '${place.database}'.\n`)
    }
  },
})

function wantedPlaces(
  urls: Readonly<Record<string, string>>,
  tables: readonly string[],
  database: string | undefined,
): readonly Pick<DatabasePlace, 'table' | 'database'>[] {
  const inSettings = cachePlaces(urls).filter((place) => database === undefined || place.database === database)
  if (tables.length === 0) return inSettings
  return tables.map((table) => {
    const known = inSettings.find((place) => place.table === table)
    if (known === undefined && !/^[\p{L}_][\p{L}\p{N}_$]{0,50}$/u.test(table))
      throw new CommandError(`'${table}' is no name of a table.`)
    return known ?? { table, database: database ?? 'default' }
  })
}

/** The tables that the database caches of the settings keep their entries in, each once. */
function cachePlaces(urls: Readonly<Record<string, string>>): DatabasePlace[] {
  const places = Object.entries(urls)
    .map(([alias, url]) => new CacheAddress(alias, url))
    .filter(({ scheme }) => scheme === 'database')
    .map(databasePlace)
  return [...new Map(places.map((place) => [`${place.database} ${place.table}`, place])).values()]
}
