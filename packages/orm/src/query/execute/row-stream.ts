/**
 * Rows one by one, of chunks that are read when they are needed. A generator would do the same at three times the cost: of a row
 * that is at hand, it makes several promises.
 */
export class RowStream<T> implements AsyncGenerator<T, void, undefined> {
  readonly #chunks: AsyncGenerator<readonly T[], void, undefined>
  #rows: readonly T[] = []
  #at = 0
  #reading: Promise<unknown> | undefined

  constructor(chunks: AsyncGenerator<readonly T[], void, undefined>) {
    this.#chunks = chunks
  }

  next(): Promise<IteratorResult<T, void>> {
    if (this.#reading !== undefined) return this.#afterReading()
    if (this.#at < this.#rows.length) return Promise.resolve({ done: false, value: this.#rows[this.#at++]! })
    const reading = this.#read().finally(() => {
      this.#reading = undefined
    })
    this.#reading = reading
    return reading
  }

  /** Whoever asks meanwhile has his turn. */
  async #afterReading(): Promise<IteratorResult<T, void>> {
    while (this.#reading !== undefined) await this.#reading.catch(() => {})
    return this.next()
  }

  async #read(): Promise<IteratorResult<T, void>> {
    for (;;) {
      const { done, value } = await this.#chunks.next()
      if (done) return { done: true, value: undefined }
      this.#rows = value
      this.#at = 1
      if (value.length > 0) return { done: false, value: value[0]! }
    }
  }

  async return(): Promise<IteratorResult<T, void>> {
    this.#rows = []
    await this.#chunks.return()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<T, void>> {
    this.#rows = []
    await this.#chunks.throw(error)
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }
}
