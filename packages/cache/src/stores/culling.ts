export interface CullingOptions {
  /** How many entries there may be, about. */
  readonly maxEntries: number
  /** Of what is too much, one in so many goes; 0 takes all. Django's `CULL_FREQUENCY`. */
  readonly cullFrequency: number
}

/** Says when a store has to count its entries, which costs too much for every write. */
export class Culling {
  readonly maxEntries: number
  readonly #cullFrequency: number
  readonly #pace: number
  #writes = 0

  constructor({ maxEntries, cullFrequency }: CullingOptions) {
    this.maxEntries = maxEntries
    this.#cullFrequency = cullFrequency
    this.#pace = Math.max(1, Math.floor(maxEntries / 20))
  }

  /** To be asked before so many entries are written: whether it is time to count. The first write counts. */
  isDue(entries = 1): boolean {
    const before = this.#writes
    this.#writes += entries
    return before === 0 || Math.floor(before / this.#pace) !== Math.floor(this.#writes / this.#pace)
  }

  /** How many of `count` entries go. */
  excess(count: number): number {
    if (count <= this.maxEntries) return 0
    return this.#cullFrequency === 0 ? count : Math.max(1, Math.floor(count / this.#cullFrequency))
  }
}
