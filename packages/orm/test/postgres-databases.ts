import pg from 'pg'
import { inject } from 'vitest'
import { query } from './postgres-server.ts'

/** A database that the worker's tests use one after the other. */
interface WorkerDatabase {
  readonly url: string
  /** What stands in it, unless a test has changed that: the SQL that made it, and what the catalogue said then. */
  holds: { readonly schema: string; readonly catalogue: string } | undefined
}

const databases = new Map<number, WorkerDatabase>()

/**
 * The URL of the worker's database of that number, with the tables of `schema` and no rows. Where the test before wanted the same
 * tables and let them be, only their rows go: that takes a tenth of the time.
 */
export async function postgresDatabase(number: number, schema: string): Promise<string> {
  const known = databases.get(number)
  const database = known ?? { url: await createDatabase(number), holds: undefined }
  databases.set(number, database)
  const client = new pg.Client({ connectionString: database.url })
  client.on('error', () => {})
  await client.connect()
  try {
    const read = async () => String(((await client.query(catalogue)).rows[0] as { catalogue: unknown }).catalogue)
    if (known !== undefined) {
      // What a test has left open would hold its tables.
      await client.query(hangUp)
      if (known.holds?.schema === schema && known.holds.catalogue === (await read())) {
        await client.query(deleteRows)
        return database.url
      }
      await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    }
    database.holds = undefined
    if (schema !== '') {
      await client.query(schema)
      database.holds = { schema, catalogue: await read() }
    }
    return database.url
  } finally {
    await client.end()
  }
}

const hangUp = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`

/** A row of the catalogue has a new xmin whenever it changes. */
const catalogue = `SELECT md5(string_agg(entry, ' ' ORDER BY entry)) AS catalogue FROM (${[
  "SELECT 'c' || oid || ' ' || xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace",
  "SELECT 'a' || attrelid || '.' || attnum || ' ' || a.xmin FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace",
  "SELECT 'k' || oid || ' ' || xmin FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
  "SELECT 'p' || oid || ' ' || xmin FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
  "SELECT 't' || oid || ' ' || xmin FROM pg_type WHERE typnamespace = 'public'::regnamespace",
  "SELECT 'g' || t.oid || ' ' || t.xmin FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE relnamespace = 'public'::regnamespace",
  "SELECT 'd' || d.oid || ' ' || d.xmin FROM pg_attrdef d",
  "SELECT 'e' || oid || ' ' || xmin FROM pg_extension",
].join(' UNION ALL ')}) AS entries (entry)`

/** Foreign keys are not asked, so that the order does not matter; keys start again. */
const deleteRows = `DO $$
DECLARE each record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR each IN SELECT oid::regclass AS name, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') LOOP
    IF each.relkind = 'r' THEN EXECUTE format('DELETE FROM %s', each.name);
    ELSE EXECUTE format('SELECT setval(%L, seqstart, false) FROM pg_sequence WHERE seqrelid = %L::regclass', each.name, each.name);
    END IF;
  END LOOP;
END $$`

async function createDatabase(number: number): Promise<string> {
  const server = inject('postgres')
  if ('absent' in server) throw new Error(server.absent)
  const name = `${server.prefix}${process.env.VITEST_POOL_ID ?? process.pid}_${number}`
  const url = new URL(server.url)
  url.pathname = `/${name}`
  await query(server.url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  await query(server.url, `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8'`)
  await query(server.url, `ALTER DATABASE "${name}" SET synchronous_commit = off`)
  return url.href
}
