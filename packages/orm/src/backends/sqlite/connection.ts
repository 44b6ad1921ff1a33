import type Sqlite from 'better-sqlite3'
import type { NamedRows, RawRow, RunResult, SqlValue, Statement } from '../database.ts'
import { OperationalError } from '../errors.ts'
import { type QueryKind, someoneListens, tracedSync } from '../query-channel.ts'
import { registerFunctions } from './functions.ts'
import { openDriver } from './open-driver.ts'

/** A statement of the driver, with what is asked of it on every call. */
interface Prepared {
  readonly statement: Sqlite.Statement<unknown[], RawRow>
  readonly returnsRows: boolean
  readonly writes: boolean
  readonly single: boolean
}

/** Rows that are read as they are asked for. */
export interface RowCursor {
  /** The next rows, fewer than `count` where there are no more. */
  take(count: number): RawRow[]
  close(): void
}

/**
 * One connection of better-sqlite3, with the prepared form of every statement it has met. It never waits for a lock:
 * waiting inside SQLite would stop the event loop, so SQLITE_BUSY comes up at once and whoever called waits on a timer.
 */
export class SqliteConnection {
  readonly alias: string
  readonly driver: Sqlite.Database
  readonly #prepared = new WeakMap<Statement, Prepared>()
  readonly #controls = new Map<string, Sqlite.Statement<[]>>()
  readonly #cursors = new Set<RowCursor>()

  constructor(path: string, alias: string) {
    this.alias = alias
    this.driver = openFile(path, alias)
    try {
      this.#configure()
      registerFunctions(this.driver)
    } catch (error) {
      this.driver.close()
      throw error
    }
  }

  #configure(): void {
    const { driver } = this
    // Changing the mode needs a lock that reading it does not.
    if (driver.pragma('journal_mode', { simple: true }) !== 'wal') driver.pragma('journal_mode = WAL')
    // In WAL mode NORMAL cannot corrupt the file; only a power cut may take the last commits back.
    driver.pragma('synchronous = NORMAL')
    driver.pragma('foreign_keys = ON')
    driver.pragma('temp_store = MEMORY')
    driver.pragma('cache_size = -16000')
    // A burst of writes must not leave a huge log behind for good.
    driver.pragma('journal_size_limit = 67108864')
  }

  get inTransaction(): boolean {
    return this.driver.inTransaction
  }

  /** Every row of a statement that only reads, or nothing done and `undefined` for one that writes. */
  read(statement: Statement, params: readonly SqlValue[]): RawRow[] | undefined {
    const prepared = this.#prepare(statement)
    return prepared.writes ? undefined : this.#rows(prepared, params)
  }

  all(statement: Statement, params: readonly SqlValue[]): RawRow[] {
    const prepared = this.#prepare(statement)
    if (prepared.returnsRows) return this.#rows(prepared, params)
    this.run(statement, params)
    return []
  }

  named(statement: Statement, params: readonly SqlValue[]): NamedRows {
    const { statement: prepared, returnsRows } = this.#prepare(statement)
    const columns = returnsRows ? prepared.columns().map(({ name }) => name) : []
    return { columns, rows: this.all(statement, params) }
  }

  /** Whether the statement needs the writer. */
  writes(statement: Statement): boolean {
    return this.#prepare(statement).writes
  }

  run(statement: Statement, params: readonly SqlValue[]): RunResult {
    const prepared = this.#prepare(statement).statement
    const { changes, lastInsertRowid } = someoneListens()
      ? this.#traced('query', statement.sql, params, () => prepared.run(params))
      : prepared.run(params)
    return { changes: Number(changes), lastInsertId: lastInsertRowid }
  }

  script(sql: string): void {
    this.#traced('query', sql, [], () => this.driver.exec(sql))
  }

  /** BEGIN, COMMIT and the like: few different texts, so that each is prepared once. */
  control(sql: string): void {
    let prepared = this.#controls.get(sql)
    if (prepared === undefined) {
      prepared = this.driver.prepare(sql)
      this.#controls.set(sql, prepared)
    }
    if (someoneListens()) this.#traced('transaction', sql, [], () => prepared.run())
    else prepared.run()
  }

  /** An open cursor, which other statements of the connection may run beside. Closing it is the caller's part. */
  open(statement: Statement, params: readonly SqlValue[]): RowCursor {
    // A statement is one cursor: the shared prepared form must stay free for others.
    const prepared = this.#compile(statement).statement
    const rows = this.#traced('query', statement.sql, params, () => prepared.iterate(params))
    this.driver.unsafeMode(true)
    const cursor: RowCursor = {
      take: (count) => {
        // A stream that just ended would be taken for the whole result.
        if (!this.#cursors.has(cursor)) throw this.#cursorClosed(statement.sql)
        const taken: RawRow[] = []
        while (taken.length < count) {
          const step = rows.next()
          if (step.done) break
          taken.push(step.value)
        }
        return taken
      },
      close: () => {
        if (!this.#cursors.delete(cursor)) return
        rows.return?.()
        if (this.#cursors.size === 0) this.driver.unsafeMode(false)
      },
    }
    this.#cursors.add(cursor)
    return cursor
  }

  #cursorClosed(sql: string): OperationalError {
    return new OperationalError(
      `Database '${this.alias}' was closed while rows were read from it. Await all reading before closeDatabases().`,
      { alias: this.alias, sql },
    )
  }

  close(): void {
    for (const cursor of this.#cursors) cursor.close()
    this.driver.close()
  }

  #prepare(statement: Statement): Prepared {
    let prepared = this.#prepared.get(statement)
    if (prepared === undefined) {
      prepared = this.#compile(statement)
      this.#prepared.set(statement, prepared)
    }
    return prepared
  }

  #compile({ sql, bigints, single = false }: Statement): Prepared {
    const statement = this.#parse(sql)
    if (statement.reader) statement.raw(true)
    if (bigints) statement.safeIntegers(true)
    return { statement, returnsRows: statement.reader, writes: !statement.readonly, single }
  }

  #parse(sql: string): Sqlite.Statement<unknown[], RawRow> {
    try {
      return this.driver.prepare<unknown[], RawRow>(sql)
    } catch (error) {
      // Who watches statements is told of those that are none, too.
      return this.#traced('query', sql, [], () => {
        throw error
      })
    }
  }

  #rows({ statement, single }: Prepared, params: readonly SqlValue[]): RawRow[] {
    if (!someoneListens()) return single ? oneRow(statement.get(params)) : statement.all(params)
    return this.#traced('query', statement.source, params, () => statement.all(params))
  }

  #traced<T>(kind: QueryKind, sql: string, params: readonly SqlValue[], work: () => T): T {
    return tracedSync(kind, sql, params, this.alias, work)
  }
}

function oneRow(row: RawRow | undefined): RawRow[] {
  return row === undefined ? [] : [row]
}

function openFile(path: string, alias: string): Sqlite.Database {
  try {
    return openDriver(path)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new OperationalError(
      `The SQLite file '${path}' of database '${alias}' cannot be opened: ${reason}. ` +
        'Check that its folder exists and may be written.',
      { cause: error, alias },
    )
  }
}
