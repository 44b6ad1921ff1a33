import { type Channel, channel, type TracingChannel, tracingChannel } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { ContextVariable } from '@nuages/foundation'
import type { SqlValue } from './statement.ts'

export type QueryKind = 'query' | 'transaction'

/** One statement, as published on the channels below. */
export class QueryEvent {
  readonly sql: string
  /** The alias of the database. */
  readonly alias: string
  /** `'transaction'` for BEGIN, COMMIT, SAVEPOINT and their kin, and for the steps of a cursor. */
  readonly kind: QueryKind
  /** Milliseconds in the driver, waiting for a connection not included; 0 until the statement has ended. */
  duration = 0
  /** What the driver threw, where the statement failed. */
  error: unknown
  readonly #params: readonly SqlValue[]

  constructor(kind: QueryKind, sql: string, params: readonly SqlValue[], alias: string) {
    this.kind = kind
    this.sql = sql
    this.alias = alias
    this.#params = params
  }

  /** The values that were bound. They may be secret, so that they are neither logged nor serialised unless asked for. */
  revealParams(): readonly SqlValue[] {
    return this.#params
  }

  [inspect.custom](): string {
    return `QueryEvent(${this.alias}, ${this.duration.toFixed(2)} ms, ${this.sql})`
  }
}

/** Every statement, once it has ended. Nobody listening costs nothing. */
export const queryChannel: Channel<unknown, QueryEvent> = channel('nuages:query')

/**
 * Every statement while it runs, for tracers: `tracing:nuages:query:start`, `:end`, `:asyncStart`, `:asyncEnd` and `:error`.
 * Each is given the statement's `QueryEvent`, and never its rows.
 */
export const queryTracing: TracingChannel<object, QueryEvent> = tracingChannel('nuages:query')

/** Whether a statement is to be told of: asked before anything is made for it, since there are many and listeners are few. */
export function someoneListens(): boolean {
  return queryChannel.hasSubscribers || queryTracing.hasSubscribers
}

/** Runs a statement and publishes it. */
export function traced<T>(
  kind: QueryKind,
  sql: string,
  params: readonly SqlValue[],
  alias: string,
  work: () => Promise<T>,
): Promise<T> {
  return someoneListens() ? publish(new QueryEvent(kind, sql, params, alias), work) : work()
}

async function publish<T>(event: QueryEvent, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  let result: T | undefined
  try {
    await queryTracing.tracePromise(async () => {
      try {
        result = await work()
      } finally {
        event.duration = performance.now() - start
      }
    }, event)
  } finally {
    queryChannel.publish(event)
  }
  return result as T
}

/** `traced` for a driver that answers at once. */
export function tracedSync<T>(
  kind: QueryKind,
  sql: string,
  params: readonly SqlValue[],
  alias: string,
  work: () => T,
): T {
  return someoneListens() ? publishSync(new QueryEvent(kind, sql, params, alias), work) : work()
}

function publishSync<T>(event: QueryEvent, work: () => T): T {
  const start = performance.now()
  let result: T | undefined
  try {
    queryTracing.traceSync(() => {
      try {
        result = work()
      } finally {
        event.duration = performance.now() - start
      }
    }, event)
  } finally {
    queryChannel.publish(event)
  }
  return result as T
}

const capturing = new ContextVariable<readonly QueryEvent[][]>({ name: 'orm.capture-queries' })

/**
 * Runs `fn` and collects the statements that it and what it started ran, in order; those of other flows are not among
 * them. Transaction control (BEGIN, SAVEPOINT, …) is left out unless `transactions` is true. For tests, where Django has
 * `CaptureQueriesContext`.
 */
export async function captureQueries<T>(
  fn: () => T | Promise<T>,
  options: { transactions?: boolean } = {},
): Promise<{ readonly result: T; readonly queries: readonly QueryEvent[] }> {
  const queries: QueryEvent[] = []
  const listener = (message: unknown) => {
    const event = message as QueryEvent
    if (capturing.get()?.includes(queries) && (event.kind === 'query' || options.transactions)) queries.push(event)
  }
  queryChannel.subscribe(listener)
  try {
    return { result: await capturing.run([...(capturing.get() ?? []), queries], fn), queries }
  } finally {
    queryChannel.unsubscribe(listener)
  }
}
