import { rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import type { SchemaLock, SchemaLockOptions } from '../database.ts'
import { OperationalError } from '../errors.ts'
import { holderOf } from './lock-holder.ts'
import { openDriver } from './open-driver.ts'
import { isBusy } from './translate-error.ts'

/** Between two tries, in milliseconds. */
const pause = 50

/** The byte that SQLite locks for EXCLUSIVE, the first of a range; see sqlite.org/lockingv3.html. */
const sharedByte = 0x4000_0002

/**
 * Takes the lock of a file's schema: an exclusive transaction in an empty database beside it. The system ends that with the process,
 * however it ends, and the file itself stays free for everybody else.
 */
export async function lockSqliteSchema(
  path: string,
  alias: string,
  { timeout = Number.POSITIVE_INFINITY, onWait }: SchemaLockOptions,
): Promise<SchemaLock> {
  const file = `${path}-migrate`
  const deadline = performance.now() + timeout
  for (let told = false; ; ) {
    const lock = tryLock(file)
    if (lock === 'none') return { assertHeld() {}, async release() {} }
    if (lock !== 'busy') return held(lock, file)
    const holder = holderOf(file, sharedByte)
    if (performance.now() >= deadline) throw notFree(path, alias, timeout, holder)
    if (!told) onWait?.(holder)
    told = true
    await delay(Math.min(pause, Math.max(1, deadline - performance.now())))
  }
}

/** `'none'` where nothing can be written beside the database: then nothing can be written to it either, which its own error says. */
function tryLock(file: string): Sqlite.Database | 'busy' | 'none' {
  let lock: Sqlite.Database
  try {
    lock = openDriver(file)
  } catch {
    return 'none'
  }
  try {
    // No journal is left beside it by a process that is killed.
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    // A file that its last holder has removed keeps nobody out: only writing tells.
    lock.pragma('user_version = 1')
    return lock
  } catch (error) {
    lock.close()
    const code = String((error as { code?: unknown }).code)
    if (isBusy(error) || code === 'SQLITE_READONLY_DBMOVED') return 'busy'
    if (/^SQLITE_(READONLY|CANTOPEN)/.test(code)) return 'none'
    throw error
  }
}

function held(lock: Sqlite.Database, file: string): SchemaLock {
  return {
    assertHeld() {},
    async release() {
      // Removed while it is locked, so that nobody has it open and locked meanwhile; Windows removes no file that is open.
      if (process.platform !== 'win32') rmSync(file, { force: true })
      lock.close()
      if (process.platform === 'win32') removeUnlessOpen(file)
    },
  }
}

function removeUnlessOpen(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // The next one has it.
  }
}

function notFree(path: string, alias: string, timeout: number, holder: string): OperationalError {
  return new OperationalError(
    `Another migrate of database '${alias}' (${path}) has not ended within ${timeout / 1000} s: ${holder}. Nothing was changed. ` +
      'Run it again when that one has ended, or end it.',
    { alias, retryable: true },
  )
}
