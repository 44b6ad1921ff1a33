import { AsyncLocalStorage } from 'node:async_hooks'
import { OperationalError } from '../errors.ts'
import type { PostgresConnection } from './connection.ts'

export interface PoolOptions {
  readonly alias: string
  readonly size: number
  /** Milliseconds to wait for a connection; 0 for no limit. */
  readonly timeout: number
  /** Milliseconds after which an idle connection is closed; 0 for never. */
  readonly idleTimeout: number
  open(): Promise<PostgresConnection>
}

/** A connection outlives the flow that opened it, and must not keep what belongs to that: its request, its transaction. */
const outsideAnyFlow = AsyncLocalStorage.snapshot()

interface Waiter {
  give(connection: PostgresConnection): void
  fail(error: unknown): void
}

/**
 * The open connections of a database. Whoever asks first has the next that is free, and an idle one neither keeps the process
 * alive nor stays for good.
 */
export class ConnectionPool {
  readonly #options: PoolOptions
  /** The last that was given back is the first to be taken. */
  readonly #idle: { readonly connection: PostgresConnection; readonly timer: NodeJS.Timeout | undefined }[] = []
  readonly #taken = new Map<PostgresConnection, number>()
  readonly #waiting: Waiter[] = []
  #opening = 0
  #closed = false
  #emptied: (() => void) | undefined

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** A connection that is idle now. */
  tryTake(): PostgresConnection | undefined {
    const found = this.#idle.pop()
    if (found === undefined) return undefined
    clearTimeout(found.timer)
    found.connection.holdProcess(true)
    return this.#take(found.connection)
  }

  /** Waits for a connection. Throws `OperationalError` where none came in time, or what opening one throws. */
  async take(): Promise<PostgresConnection> {
    this.#assertOpen()
    return this.tryTake() ?? (this.#isFull ? this.#wait() : this.#open())
  }

  give(connection: PostgresConnection): void {
    if (!this.#taken.delete(connection)) return
    if (this.#closed) void connection.close()
    else if (connection.lost === undefined) this.#offer(connection)
    else this.#replace()
    if (this.#taken.size === 0) this.#emptied?.()
  }

  /** Every open connection. */
  get connections(): PostgresConnection[] {
    return [...this.#idle.map(({ connection }) => connection), ...this.#taken.keys()]
  }

  /** Waits for what is in use, for at most `limit` milliseconds, and closes everything. */
  async close(limit: number): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    for (const waiter of this.#waiting.splice(0)) waiter.fail(this.#closedError())
    const idle = this.#idle.splice(0)
    for (const { timer } of idle) clearTimeout(timer)
    await Promise.all(idle.map(({ connection }) => connection.close()))
    if (this.#taken.size === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limit)
      this.#emptied = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    await Promise.all([...this.#taken.keys()].map((connection) => connection.close()))
  }

  get #isFull(): boolean {
    return this.#taken.size + this.#idle.length + this.#opening >= this.#options.size
  }

  #take(connection: PostgresConnection): PostgresConnection {
    this.#taken.set(connection, performance.now())
    return connection
  }

  #offer(connection: PostgresConnection): void {
    const waiter = this.#waiting.shift()
    if (waiter !== undefined) {
      waiter.give(this.#take(connection))
      return
    }
    connection.holdProcess(false)
    const { idleTimeout } = this.#options
    const timer = idleTimeout > 0 ? setTimeout(() => this.#drop(connection), idleTimeout).unref() : undefined
    this.#idle.push({ connection, timer })
  }

  /** A connection is gone: whoever waits gets a new one. */
  #replace(): void {
    const waiter = this.#waiting.shift()
    if (waiter !== undefined) this.#open().then(waiter.give, waiter.fail)
  }

  async #open(): Promise<PostgresConnection> {
    this.#opening++
    let connection: PostgresConnection
    try {
      connection = await outsideAnyFlow(() => this.#options.open())
    } catch (error) {
      this.#opening--
      this.#replace()
      throw error
    }
    this.#opening--
    if (this.#closed) {
      await connection.close()
      throw this.#closedError()
    }
    connection.onLost = () => this.#drop(connection)
    return this.#take(connection)
  }

  /** Closes a connection that nobody uses. One in use stays until it is given back. */
  #drop(connection: PostgresConnection): void {
    const at = this.#idle.findIndex((idle) => idle.connection === connection)
    if (at < 0) return
    clearTimeout(this.#idle[at]!.timer)
    this.#idle.splice(at, 1)
    void connection.close()
  }

  #wait(): Promise<PostgresConnection> {
    const { timeout } = this.#options
    return new Promise((resolve, reject) => {
      const timer =
        timeout > 0
          ? setTimeout(() => {
              this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
              reject(this.#timeoutError())
            }, timeout)
          : undefined
      const settle =
        <T>(how: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer)
          how(value)
        }
      const waiter: Waiter = { give: settle(resolve), fail: settle(reject) }
      this.#waiting.push(waiter)
    })
  }

  #timeoutError(): OperationalError {
    const { alias, size, timeout } = this.#options
    const longest = Math.max(0, ...[...this.#taken.values()].map((since) => performance.now() - since))
    return new OperationalError(
      `A query on '${alias}' waited ${timeout / 1000} s for a connection: all ${size} are in use, one of them for ` +
        `${(longest / 1000).toFixed(1)} s. Keep slow work, such as network calls, out of atomic() and of loops over iterator(), ` +
        "or raise the number: 'postgres://…?pool_size=<number>'.",
      { alias },
    )
  }

  #assertOpen(): void {
    if (this.#closed) throw this.#closedError()
  }

  #closedError(): OperationalError {
    const { alias } = this.#options
    return new OperationalError(
      `Database '${alias}' is closed. Call configureDatabases() again before the next query.`,
      { alias },
    )
  }
}
