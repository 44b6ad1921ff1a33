import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, DatabaseError, database, type SqlValue, type Statement } from '@nuages/orm'
import { CacheUnavailable } from '../../errors.ts'
import type { CacheStore, StoredChange } from '../cache-store.ts'
import { Culling, type CullingOptions } from '../culling.ts'
import { columnKey } from './cache-table.ts'
import { type EntrySql, entrySql } from './entry-sql.ts'
import { columnMoment, momentOf } from './moment.ts'

export interface DatabaseStoreOptions extends CullingOptions {
  readonly alias: string
  readonly table: string
  /** The alias of the database. */
  readonly database: string
}

/** The most parameters of one statement. */
const atOnce = 500

/**
 * Entries as rows of a table. Each method is one statement, or tries one until it finds what it read, so that it needs no
 * transaction; inside of one it is part of it. Django's `DatabaseCache`, without pickle.
 */
export class DatabaseStore implements CacheStore {
  readonly isShared = true
  readonly #options: DatabaseStoreOptions
  readonly #culling: Culling
  #sql: { readonly vendor: string; readonly statements: EntrySql } | undefined

  constructor(options: DatabaseStoreOptions) {
    this.#options = options
    this.#culling = new Culling(options)
  }

  async get(key: string): Promise<string | undefined> {
    const rows = await this.#all(({ get }) => get, [columnKey(key), this.#now()])
    return rows[0]?.[0] as string | undefined
  }

  async getMany(keys: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    const byColumn = new Map(keys.map((key) => [columnKey(key), key]))
    const wanted = [...byColumn.keys()]
    for (let at = 0; at < wanted.length; at += atOnce) {
      const batch = wanted.slice(at, at + atOnce)
      const rows = await this.#all(({ getMany }) => getMany(batch.length), [this.#now(), ...batch])
      for (const [column, text] of rows) found.set(byColumn.get(column as string)!, text as string)
    }
    return found
  }

  async set(key: string, text: string, lifetime: number | null): Promise<void> {
    await this.#cull(1)
    await this.#run(({ set }) => set, [columnKey(key), text, this.#end(lifetime)])
  }

  async setMany(entries: ReadonlyMap<string, string>, lifetime: number | null): Promise<void> {
    await this.#cull(entries.size)
    const end = this.#end(lifetime)
    // In one order, so that two who set the same keys do not wait for each other.
    const rows = [...entries].map(([key, text]) => [columnKey(key), text, end] as const)
    rows.sort(([one], [other]) => (one < other ? -1 : 1))
    await this.#telling((open) =>
      open.atomic(async () => {
        for (const row of rows) await open.run(this.#statements(open).set, row)
      }),
    )
  }

  async add(key: string, text: string, lifetime: number | null): Promise<boolean> {
    await this.#cull(1)
    return this.#added(columnKey(key), text, lifetime)
  }

  async update(key: string, change: (text: string | undefined) => StoredChange): Promise<void> {
    const column = columnKey(key)
    for (let attempt = 0; ; attempt += 1) {
      const before = await this.get(key)
      if (await this.#swapped(column, before, change(before))) return
      // Somebody was quicker, and so may the next one be.
      await sleep(Math.random() * Math.min(50, 2 ** Math.min(attempt, 6)))
    }
  }

  async touch(key: string, lifetime: number | null): Promise<boolean> {
    return (await this.#run(({ touch }) => touch, [this.#end(lifetime), columnKey(key), this.#now()])) > 0
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined
  }

  async delete(keys: readonly string[]): Promise<number> {
    let deleted = 0
    for (const key of [...keys].sort()) {
      deleted += await this.#run((sql) => sql.delete, [columnKey(key), this.#now()])
    }
    return deleted
  }

  async clear(): Promise<void> {
    await this.#run(({ clear }) => clear, [])
  }

  async remaining(keys: readonly string[]): Promise<(number | null | undefined)[]> {
    const left = new Map<unknown, number | null>()
    const columns = keys.map(columnKey)
    for (let at = 0; at < columns.length; at += atOnce) {
      const batch = columns.slice(at, at + atOnce)
      for (const [column, , expires] of await this.#all(
        ({ getMany }) => getMany(batch.length),
        [this.#now(), ...batch],
      )) {
        const end = momentOf(expires)
        left.set(column, end === null ? null : end - Date.now())
      }
    }
    return columns.map((column) => left.get(column))
  }

  /** The connections are the database's. */
  async close(): Promise<void> {}

  async #added(column: string, text: string, lifetime: number | null): Promise<boolean> {
    const params = [column, text, this.#end(lifetime), this.#now()]
    return (await this.#run(({ add }) => add, params)) > 0
  }

  /** Writes what `update` made of `before`, unless there is something else by now. */
  async #swapped(column: string, before: string | undefined, { text, lifetime }: StoredChange): Promise<boolean> {
    if (before === undefined) {
      return text === undefined || this.#added(column, text, lifetime === 'keep' ? null : lifetime)
    }
    if (text === undefined) return (await this.#run(({ deleteIfSame }) => deleteIfSame, [column, before])) > 0
    return lifetime === 'keep'
      ? (await this.#run(({ swapKeepingEnd }) => swapKeepingEnd, [text, column, before])) > 0
      : (await this.#run(({ swap }) => swap, [text, this.#end(lifetime), column, before])) > 0
  }

  /** Where there are too many: what is over goes, then what ends first. */
  async #cull(entries: number): Promise<void> {
    if (!this.#culling.isDue(entries)) return
    if ((await this.#count()) + entries <= this.#culling.maxEntries) return
    await this.#run(({ deleteOver }) => deleteOver, [this.#now()])
    const excess = this.#culling.excess((await this.#count()) + entries)
    if (excess > 0) await this.#run(({ deleteFirst }) => deleteFirst, [excess])
  }

  async #count(): Promise<number> {
    return Number((await this.#all(({ count }) => count, []))[0]![0])
  }

  #end(lifetime: number | null): string {
    return columnMoment(lifetime === null ? null : Date.now() + lifetime, this.#open().vendor)
  }

  #now(): string {
    return columnMoment(Date.now(), this.#open().vendor)
  }

  #all(statement: (sql: EntrySql) => Statement, params: readonly SqlValue[]): Promise<unknown[][]> {
    return this.#telling(async (open) => open.all(statement(this.#statements(open)), params))
  }

  /** How many rows it changed. */
  #run(statement: (sql: EntrySql) => Statement, params: readonly SqlValue[]): Promise<number> {
    return this.#telling(async (open) => (await open.run(statement(this.#statements(open)), params)).changes)
  }

  #open(): Database {
    return database(this.#options.database)
  }

  #statements({ vendor }: Database): EntrySql {
    if (this.#sql?.vendor !== vendor) this.#sql = { vendor, statements: entrySql(this.#options.table, vendor) }
    return this.#sql.statements
  }

  async #telling<T>(work: (open: Database) => Promise<T>): Promise<T> {
    const open = this.#open()
    try {
      return await work(open)
    } catch (error) {
      // What fails a transaction is its own error, by which it is run again.
      if (!(error instanceof DatabaseError) || open.inAtomicBlock) throw error
      const { alias, table } = this.#options
      throw new CacheUnavailable(
        `The cache '${alias}' (table '${table}' of database '${this.#options.database}') cannot be used: ${error.message}`,
        { cause: error, hint: `Does the table exist? 'manage createcachetable' makes it.` },
      )
    }
  }
}
