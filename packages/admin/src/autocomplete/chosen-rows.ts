import { isPending, type Pending, type PendingState, pending } from '@nuages/foundation'
import type { ModelMeta } from '@nuages/orm'
import { rowLabel } from '../model-admin/row-label.ts'
import type { ChosenRow } from '../pages/widgets.ts'
import { rowsByText } from './row-batch.ts'

/** The rows that a widget's keys name, in words: loaded when the page shows them. */
export class PendingChosenRows implements Pending {
  readonly #target: ModelMeta
  readonly #keys: unknown
  #chosen: readonly ChosenRow[] | undefined

  /** `keys` is a list of texts, or what has to be loaded to be one. */
  constructor(target: ModelMeta, keys: readonly string[] | Pending) {
    this.#target = target
    this.#keys = keys
  }

  [pending](): PendingState {
    return this.#chosen === undefined
      ? { ready: false, load: () => this.#load() }
      : { ready: true, value: this.#chosen }
  }

  async #load(): Promise<void> {
    const keys = await settledKeys(this.#keys)
    if (keys.length === 0) {
      this.#chosen = []
      return
    }
    const rows = await rowsByText(this.#target, keys)
    // What is no row is a mistake of whoever typed it; the field says so.
    this.#chosen = keys.flatMap((key) => {
      const row = rows.get(key)
      return row === undefined ? [] : [{ key, text: rowLabel(row), url: null }]
    })
  }
}

async function settledKeys(value: unknown): Promise<readonly string[]> {
  let current = value
  while (isPending(current)) {
    const state = current[pending]()
    if (!state.ready) await state.load()
    else current = state.value
  }
  return current as readonly string[]
}
