import type { RawRow } from '../backends/database.ts'
import type { BlockFate } from '../transactions/atomic-block.ts'
import type { ByName } from './by-name.ts'
import type { FetchMode } from './fetch-mode.ts'
import type { ModelMeta } from './model-meta.ts'
import type { Peers } from './peers.ts'

/** Fills a new instance from a row of the database; handed to the model's constructor in place of values. */
export abstract class RowFiller {
  abstract fill(row: Row): void
}

/** What an instance knows of itself beside its values. */
export interface RowState {
  /** The database it came from or was saved to. */
  alias: string | undefined
  /** Whether the database holds it. */
  stored: boolean
  /** The values as they were read, in the order of the model's fields: what `save` compares with. */
  original: RawRow | undefined
  /** Where the first of them stands in `original`. */
  originalAt: number
  /** The row of the database that late values are made of, and where this one's part of it begins. */
  raw: RawRow | undefined
  rawAt: number
  /** Late values that were asked for or assigned, by the field's place. */
  late: unknown[] | undefined
  /** The transaction that wrote `original`; where it was rolled back, what the database holds is not known. */
  heldSince: BlockFate | undefined
  /** The rows of the same result, for whom a relation is loaded together. */
  peers: Peers | undefined
  /** Related rows that were loaded or assigned, and references to those that were not, by name. */
  related: ByName<unknown> | undefined
  /** The rows of relations to many, once loaded. */
  prefetched: ByName<readonly Row[]> | undefined
  /** The managers of relations to many: the same one each time it is read. */
  managers: ByName<object> | undefined
  /** Whether it came without some of its columns: `defer` and `only`. */
  partial: boolean
  /** For whom what is not loaded is fetched; for all peers where nothing is said. */
  fetchMode: FetchMode | undefined
}

/**
 * The root of every instance: its values are plain own properties, and what it knows of itself is private, so that
 * spreading, JSON, `console.log` and deep comparisons see the values alone.
 */
export class Row {
  #state: RowState = {
    alias: undefined,
    stored: false,
    original: undefined,
    originalAt: 0,
    raw: undefined,
    rawAt: 0,
    late: undefined,
    heldSince: undefined,
    peers: undefined,
    related: undefined,
    prefetched: undefined,
    managers: undefined,
    partial: false,
    fetchMode: undefined,
  }

  static stateOf(row: Row): RowState {
    return row.#state
  }

  static has(value: unknown): value is Row {
    return typeof value === 'object' && value !== null && #state in value
  }
}

export const stateOf: (row: Row) => RowState = Row.stateOf

/** A related row that is known by its key alone. */
export abstract class Reference {
  abstract readonly target: ModelMeta
  abstract readonly id: unknown
}
