import { type Channel, channel } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { ContextVariable } from '@nuages/foundation'
import type { SqlValue } from './statement.ts'

/** One statement that ran, as published on the `nuages:query` channel of `node:diagnostics_channel`. */
export class QueryEvent {
  readonly sql: string
  /** The alias of the database. */
  readonly alias: string
  /** Milliseconds in the driver, waiting not included. */
  readonly duration: number
  /** `'transaction'` for BEGIN, COMMIT, SAVEPOINT and their kin. */
  readonly kind: 'query' | 'transaction'
  readonly #params: readonly SqlValue[]

  constructor(
    kind: 'query' | 'transaction',
    sql: string,
    params: readonly SqlValue[],
    alias: string,
    duration: number,
  ) {
    this.kind = kind
    this.sql = sql
    this.alias = alias
    this.duration = duration
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

/** The channel of every statement. Backends ask `hasSubscribers` first: nobody listening costs nothing. */
export const queryChannel: Channel<unknown, QueryEvent> = channel('nuages:query')

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
