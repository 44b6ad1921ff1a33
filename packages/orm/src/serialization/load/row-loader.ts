import type { Database } from '../../backends/database.ts'
import { OperationalError } from '../../backends/errors.ts'
import { keyText } from '../../fields/composite-key-field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { postSave, preSave } from '../../signals/signals.ts'
import { DeserializationError } from '../errors.ts'
import type { PlacedObject } from '../read/placed-object.ts'
import { type ReadRow, type ReadRowOptions, readRow, rowError } from '../read/read-row.ts'
import { identifyRows, type MadeRow, makeRows, reasonOf } from './made-row.ts'
import { NaturalKeys } from './natural-keys.ts'
import { keyOf, missingError, type ResolvedRow, resolveRow } from './resolve-row.ts'
import { storeRows } from './store-rows.ts'

/** Rows that are written together. */
const batchSize = 512

export interface RowLoaderOptions extends ReadRowOptions {
  /** Whether rows of a model are to be loaded. */
  takes(meta: ModelMeta): boolean
}

/**
 * Writes objects that were read as rows, many at a time, in the order in which they come. A row that names another by a natural key
 * which is not there yet is written without that, where it can be, and completed at the end; else it waits.
 */
export class RowLoader {
  /** The models of which rows were loaded. */
  readonly loaded: Set<ModelMeta> = new Set()
  /** How many rows were loaded. */
  count = 0
  readonly #db: Database
  readonly #options: RowLoaderOptions
  readonly #keys: NaturalKeys
  /** Rows of one model. */
  #batch: ReadRow[] = []
  #batchKeys = new Set<unknown>()
  #waiting: ReadRow[] = []

  constructor(db: Database, options: RowLoaderOptions) {
    this.#db = db
    this.#options = options
    this.#keys = new NaturalKeys(db)
  }

  /** Takes objects; some of them are written now, others later. Throws `DeserializationError`. */
  async add(objects: readonly PlacedObject[]): Promise<void> {
    for (const object of objects) {
      const read = readRow(object, this.#options)
      if (read === undefined || !this.#options.takes(read.meta)) continue
      const key = keyText(keyOf(read))
      if (this.#mustComeLater(read, key)) await this.#write()
      this.#batch.push(read)
      if (key !== undefined) this.#batchKeys.add(key)
      this.count++
      if (this.#batch.length >= batchSize) await this.#write()
    }
  }

  /** Writes what is left, and completes rows whose relations had to wait. Throws `DeserializationError` for those that name nothing. */
  async finish(): Promise<void> {
    await this.#write()
    while (this.#waiting.length > 0) {
      const before = this.#waiting
      this.#waiting = []
      for (const read of before) {
        const one = await resolveRow(read, this.#keys)
        if (one.missing.size > 0) this.#waiting.push(read)
        else await this.#save([one])
      }
      if (this.#waiting.length === before.length) {
        throw missingError(await resolveRow(this.#waiting[0]!, this.#keys))
      }
    }
  }

  /** Whether the rows before it must be written first: of another model, the same row, or one that it may name. */
  #mustComeLater(read: ReadRow, key: unknown): boolean {
    const [first] = this.#batch
    if (first === undefined) return false
    if (first.meta !== read.meta || (key !== undefined && this.#batchKeys.has(key))) return true
    if (read.references.some(({ field }) => field.target.concrete === read.meta.concrete)) return true
    return [...read.many].some(
      ([member, named]) => member.target.concrete === read.meta.concrete && named.some((each) => 'natural' in each),
    )
  }

  async #write(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    this.#batchKeys = new Set()
    const ready: ResolvedRow[] = []
    for (const read of batch) {
      const one = await resolveRow(read, this.#keys)
      if (one.missing.size > 0) this.#waiting.push(read)
      if (mayComeWithout(one)) ready.push(one)
    }
    await this.#save(ready)
  }

  async #save(resolved: readonly ResolvedRow[]): Promise<void> {
    const [first] = resolved
    if (first === undefined) return
    const { meta } = first.read
    const made = makeRows(resolved, this.#db)
    const until = await identifyRows(made, this.#keys)
    const isHeard = preSave.hears(meta.model) || postSave.hears(meta.model)
    // Receivers are told of a row before the next is written.
    if (isHeard) for (const each of made.slice(0, until)) await this.#store(meta, [each])
    else await this.#store(meta, made.slice(0, until))
    this.#keys.forget(meta)
    this.loaded.add(meta.concrete)
    // A row that is completed later must be the same one.
    for (const { read, row, missing } of made.slice(0, until)) {
      if (missing.size > 0) for (const { attribute } of meta.keyFields) read.values[attribute] = row[attribute as never]
    }
    if (until < resolved.length) await this.#save(resolved.slice(until))
  }

  async #store(meta: ModelMeta, made: readonly MadeRow[]): Promise<void> {
    try {
      await this.#db.atomic(() => storeRows(meta, made, this.#db))
    } catch (error) {
      // The connection is gone, or the database is: no row is to blame.
      if (error instanceof OperationalError || error instanceof DeserializationError) throw error
      const [one] = made
      if (made.length === 1) throw rowError({ ...one!.read, pk: keyOf(one!.read) }, reasonOf(error), { cause: error })
      // Which one it is, the database tells of them one by one.
      for (const each of made) await this.#store(meta, [each])
    }
  }
}

/** Whether what a row lacks may be NULL for now. */
function mayComeWithout({ read, missing }: ResolvedRow): boolean {
  return read.meta.foreignKeys.every((field) => field.null || !missing.has(field.name))
}
