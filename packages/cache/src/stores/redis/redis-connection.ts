import type { RedisClientOptions, RedisClientType } from 'redis'
import { CacheUnavailable } from '../../errors.ts'

/** What a client is asked: the commands that the cache uses. */
export type RedisClient = RedisClientType

export interface RedisConnectionOptions {
  readonly alias: string
  /** For errors: without a password. */
  readonly place: string
  readonly client: RedisClientOptions
  /** Milliseconds that an answer may take, and the connection as well. */
  readonly patience: number
}

/** Milliseconds after a failure in which nobody tries again: a server that is down must not make each request wait for it. */
const pause = 250

/**
 * A connection that opens when it is first used, and again when it is used after it broke. It keeps the process alive only
 * while somebody waits for an answer.
 */
export class RedisConnection {
  readonly #options: RedisConnectionOptions
  #client: Promise<RedisClient> | undefined
  /** The client of `#client`, once it is connected. */
  #opened: RedisClient | undefined
  #waiting = 0
  #failure: { readonly at: number; readonly error: unknown } | undefined

  constructor(options: RedisConnectionOptions) {
    this.#options = options
  }

  /** What `command` answers. Throws `CacheUnavailable` where the server does not, or says no. */
  async run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    let client: RedisClient | undefined
    try {
      client = await this.#connected()
      this.#wait(client, 1)
      return await this.#inTime(command(client), client)
    } catch (error) {
      throw this.#unavailable(error)
    } finally {
      if (client !== undefined) this.#wait(client, -1)
    }
  }

  async close(): Promise<void> {
    const closing = this.#client
    this.#client = undefined
    this.#failure = undefined
    const client = await closing?.catch(() => undefined)
    if (client?.isOpen) await client.close().catch(() => {})
  }

  #connected(): Promise<RedisClient> {
    if (this.#failure !== undefined && performance.now() - this.#failure.at < pause) throw this.#failure.error
    this.#client ??= this.#connect().catch((error: unknown) => {
      this.#client = undefined
      this.#failure = { at: performance.now(), error }
      throw error
    })
    return this.#client
  }

  async #connect(): Promise<RedisClient> {
    // The driver of a cache that a project does not use is not even loaded.
    const { createClient } = await import('redis')
    const { client: options, patience } = this.#options
    const client = createClient({
      ...options,
      // Who asks while there is no connection is told so, and the next one opens another.
      disableOfflineQueue: true,
      socket: { ...options.socket, connectTimeout: patience, reconnectStrategy: false },
    } as RedisClientOptions) as unknown as RedisClient
    client.on('error', () => this.#forget(client))
    const connecting = client.connect()
    await this.#inTime(connecting, client)
    this.#failure = undefined
    this.#opened = client
    return client
  }

  /** A connection that broke is used no more. */
  #forget(client: RedisClient): void {
    if (this.#opened !== client) return
    this.#opened = undefined
    this.#client = undefined
  }

  /** A server that hangs is as good as none. */
  async #inTime<T>(answer: Promise<T>, client: RedisClient): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      reject(new Error(`no answer within ${this.#options.patience / 1000} s`))
      this.#forget(client)
      client.destroy()
    }, this.#options.patience)
    try {
      return await Promise.race([answer, promise])
    } finally {
      clearTimeout(timer)
      answer.catch(() => {})
    }
  }

  #wait(client: RedisClient, more: 1 | -1): void {
    this.#waiting += more
    if (this.#waiting > 0) client.ref()
    else client.unref()
  }

  #unavailable(error: unknown): CacheUnavailable {
    if (error instanceof CacheUnavailable) return error
    const { alias, place } = this.#options
    return new CacheUnavailable(
      `The Redis server of the cache '${alias}' (${place}) cannot be used: ${messageOf(error)}.`,
      {
        cause: error,
        hint: "Does it run, and is the address in 'caches' right? With ?onFailure=miss the site goes on without it.",
      },
    )
  }
}

/** Where several addresses were tried, the driver's error has a message in each of its parts alone. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ')
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
}
