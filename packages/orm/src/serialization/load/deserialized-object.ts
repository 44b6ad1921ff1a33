import type { Database } from '../../backends/database.ts'
import { database } from '../../backends/registry.ts'
import { databaseToWrite } from '../../routing/route.ts'
import type { Place } from '../errors.ts'
import type { NaturalKey } from '../natural-key.ts'
import type { MadeRow } from './made-row.ts'
import { NaturalKeys } from './natural-keys.ts'
import { missingError, resolveRow } from './resolve-row.ts'
import { storeRows } from './store-rows.ts'

/** Which database is meant; that of the row unless told. */
export interface SaveDeserializedOptions {
  readonly using?: string | undefined
}

/** A row as it was read, which is not saved yet. Django's `DeserializedObject`. */
export class DeserializedObject {
  /** An instance of its model. */
  readonly object: object
  /** The keys of the rows that its many-to-many relations lead to, by field. Django's `m2m_data`. */
  readonly m2mData: ReadonlyMap<string, readonly unknown[]>
  /** Fields that name rows which are not there yet, with one of their natural keys. Django's `deferred_fields`. */
  readonly deferredFields: ReadonlyMap<string, NaturalKey>
  /** Where it stands in what was read. */
  readonly place: Place
  readonly #made: MadeRow

  constructor(made: MadeRow) {
    this.#made = made
    this.object = made.row
    this.m2mData = new Map([...made.many].map(([member, keys]) => [member.name, keys]))
    this.deferredFields = made.missing
    this.place = made.read.place
  }

  /**
   * Saves the row as it is, and its many-to-many relations: no field sets itself, and receivers are told `raw: true`. Throws what
   * `save()` of a row throws.
   */
  async save(options: SaveDeserializedOptions = {}): Promise<void> {
    const { meta } = this.#made.read
    const db = this.#database(options)
    await db.atomic(() => storeRows(meta, [this.#made], db))
  }

  /** Saves the row again, with those relations whose rows were not there yet. Throws `DeserializationError` where they still are not. */
  async saveDeferredFields(options: SaveDeserializedOptions = {}): Promise<void> {
    const db = this.#database(options)
    const { read, row } = this.#made
    const resolved = await resolveRow(read, new NaturalKeys(db))
    if (resolved.missing.size > 0) throw missingError(resolved)
    for (const { field } of read.references) Object.assign(row, { [field.attribute]: read.values[field.attribute] })
    await db.atomic(() => storeRows(read.meta, [{ ...resolved, row }], db))
  }

  #database({ using }: SaveDeserializedOptions): Database {
    return using === undefined ? databaseToWrite(this.#made.read.meta.model, this.#made.row) : database(using)
  }
}
