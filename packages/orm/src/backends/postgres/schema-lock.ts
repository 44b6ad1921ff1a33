import { setTimeout as delay } from 'node:timers/promises'
import type { SchemaLock, SchemaLockOptions } from '../database.ts'
import { OperationalError } from '../errors.ts'
import type { PostgresConnection } from './connection.ts'
import type { PostgresUrl } from './postgres-url.ts'
import { translateError } from './translate-error.ts'

/** The letters of 'nuages': transactions that change the schema take turns. */
export const transactionLock = 0x6e7561676573

/** That of a whole run, which has a connection of its own beside those transactions. */
const runLock = transactionLock + 1

/** Between two tries, in milliseconds. */
const pause = 100

/**
 * Takes an advisory lock on a connection of its own. It is tried again and again rather than waited for in the server: a session that
 * waits inside a statement is one that CREATE INDEX CONCURRENTLY of the holder waits for, and neither would end.
 */
export async function lockPostgresSchema(
  open: () => Promise<PostgresConnection>,
  url: PostgresUrl,
  alias: string,
  { timeout = Number.POSITIVE_INFINITY, onWait }: SchemaLockOptions,
): Promise<SchemaLock> {
  const connection = await open()
  try {
    const deadline = performance.now() + timeout
    for (let told: string | undefined; !(await tryLock(connection, url)); ) {
      const holder = await lockHolder(connection)
      if (performance.now() >= deadline) throw notFree(alias, timeout, holder)
      if (told === undefined) onWait?.(holder)
      told = holder
      await delay(Math.min(pause, Math.max(1, deadline - performance.now())))
    }
  } catch (error) {
    await connection.close()
    throw translateError(error, alias, undefined, url)
  }
  return {
    assertHeld() {
      if (connection.lost) throw lost(alias, connection.lost)
    },
    // What a session holds ends with it.
    release: () => connection.close(),
  }
}

/**
 * Behind a pooler that hands each transaction another connection, the lock is that of a transaction that stays open: it has read
 * nothing, so that nobody waits for it.
 */
async function tryLock(connection: PostgresConnection, { prepared }: PostgresUrl): Promise<boolean> {
  const [scope, function_] = prepared ? ['', 'pg_try_advisory_lock'] : ['LOCAL ', 'pg_try_advisory_xact_lock']
  if (!prepared) await connection.control('BEGIN')
  await connection.control(`SET ${scope}idle_session_timeout = 0; SET ${scope}idle_in_transaction_session_timeout = 0`)
  const { rows } = await connection.control(`SELECT ${function_}(${runLock})`)
  if (rows[0]?.[0] !== true && !prepared) await connection.control('ROLLBACK')
  return rows[0]?.[0] === true
}

const holders = `SELECT a.pid, a.application_name, host(a.client_addr), date_trunc('second', a.backend_start)::text
  FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (l.classid::bigint << 32) + l.objid::bigint = ${runLock}`

/** Who has the lock, as far as the server tells. */
async function lockHolder(connection: PostgresConnection): Promise<string> {
  const { rows } = await connection.control(holders)
  const [pid, application, address, since] = rows[0] ?? []
  if (pid === undefined) return 'another process'
  const place = address ? ` on ${String(address)}` : ''
  return `PostgreSQL's process ${String(pid)} ('${String(application ?? '')}'${place}, connected since ${String(since)})`
}

function notFree(alias: string, timeout: number, holder: string): OperationalError {
  return new OperationalError(
    `Another migrate of database '${alias}' has not ended within ${timeout / 1000} s: ${holder}. Nothing was changed. Run it again when ` +
      'that one has ended, or end it: SELECT pg_terminate_backend(<process>).',
    { alias, retryable: true },
  )
}

function lost(alias: string, cause: Error): OperationalError {
  return new OperationalError(
    `The connection that kept other deployments of database '${alias}' waiting was lost: ${cause.message}. What has run is recorded; ` +
      'run migrate again for the rest.',
    { cause, alias },
  )
}
