import { type Pending, type PendingState, pending } from '@nuages/foundation'

/** The rows of a relation to many as they were when the form first looked, whatever is saved meanwhile. */
export class InitialRows implements Pending {
  readonly #relation: Pending & PromiseLike<readonly object[]>
  #rows: readonly object[] | undefined

  constructor(relation: unknown) {
    this.#relation = relation as Pending & PromiseLike<readonly object[]>
  }

  [pending](): PendingState {
    if (this.#rows) return { ready: true, value: this.#rows }
    // Through the relation itself, which loads the rows of all its row's peers in one query.
    return { ready: false, load: () => this.#load() }
  }

  async #load(): Promise<void> {
    const rows = await this.#relation
    this.#rows ??= [...rows]
  }
}
