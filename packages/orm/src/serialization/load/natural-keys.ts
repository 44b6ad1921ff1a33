import type { Database } from '../../backends/database.ts'
import { ObjectDoesNotExist } from '../../errors.ts'
import { keyText } from '../../fields/composite-key-field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { Row } from '../../models/row.ts'
import { type NaturalKey, rowByNaturalKey } from '../natural-key.ts'

/** As many keys as are remembered of a model. */
const limit = 50_000

/** Finds rows by natural keys, each once. */
export class NaturalKeys {
  readonly #db: Database
  readonly #known = new Map<ModelMeta, Map<unknown, unknown>>()

  constructor(db: Database) {
    this.#db = db
  }

  /** The primary key of a row; `undefined` where there is no such row. */
  async find(meta: ModelMeta, natural: NaturalKey): Promise<unknown> {
    const text = keyText(natural)
    const before = this.#known.get(meta)?.get(text)
    if (before !== undefined) return before
    let row: object
    try {
      row = await rowByNaturalKey(meta, natural, this.#db.alias)
    } catch (error) {
      if (error instanceof ObjectDoesNotExist) return undefined
      throw error
    }
    const key = (row as Row & { readonly pk: unknown }).pk
    let known = this.#known.get(meta)
    if (known === undefined || known.size >= limit) {
      known = new Map()
      this.#known.set(meta, known)
    }
    known.set(text, key)
    return key
  }

  /** Rows of the model were written: what names which row may be another one now. */
  forget(meta: ModelMeta): void {
    this.#known.delete(meta)
    this.#known.delete(meta.concrete)
  }
}
