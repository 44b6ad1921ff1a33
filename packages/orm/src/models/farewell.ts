import type { Database } from '../backends/database.ts'
import { keyText } from '../fields/composite-key-field.ts'
import { selectRows } from '../query/execute/select.ts'
import { postDelete, preDelete } from '../signals/signals.ts'
import { chunks, whereIn } from './deletion-plan.ts'
import { isHeard } from './is-heard.ts'
import type { ModelMeta } from './model-meta.ts'
import type { Row } from './row.ts'
import { metaOf } from './save-row.ts'

/** Tells receivers of rows that are deleted. Rows are loaded where somebody listens, and nowhere else. */
export class Farewell {
  readonly #db: Database
  /** The row or the queryset that was to be deleted. */
  readonly #origin: object
  /** The one row that is at hand already. */
  readonly #given: Row | undefined
  readonly #rows = new Map<ModelMeta, readonly Row[]>()

  constructor(db: Database, origin: object, given?: Row) {
    this.#db = db
    this.#origin = origin
    this.#given = given
  }

  async before(meta: ModelMeta, keys: ReadonlySet<unknown>): Promise<void> {
    if (!isHeard(meta)) return
    const rows = await this.#load(meta, keys)
    this.#rows.set(meta, rows)
    if (preDelete.hears(meta.model)) for (const row of rows) await preDelete.send(this.#event(meta, row))
  }

  async after(meta: ModelMeta): Promise<void> {
    if (!postDelete.hears(meta.model)) return
    for (const row of this.#rows.get(meta) ?? []) await postDelete.send(this.#event(meta, row))
  }

  #event(meta: ModelMeta, instance: Row) {
    return { sender: meta.model, instance, using: this.#db.alias, origin: this.#origin }
  }

  async #load(meta: ModelMeta, keys: ReadonlySet<unknown>): Promise<Row[]> {
    const given = this.#given && metaOf(this.#given) === meta ? this.#given : undefined
    const key = given && (given as unknown as Record<string, unknown>)[meta.pk.attribute]
    const rows: Row[] = given ? [given] : []
    for (const chunk of chunks([...keys].filter((each) => !given || keyText(each) !== keyText(key)))) {
      rows.push(...((await selectRows(whereIn(meta, meta.pk, chunk), this.#db)) as Row[]))
    }
    return rows
  }
}
