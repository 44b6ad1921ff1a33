/** Each keeps a plan in the server's memory, for each connection. */
const mostPrepared = 250

/**
 * The names under which a connection has prepared its statements, by their SQL. A name is never used for another statement;
 * of too many the oldest is given up.
 */
export class PreparedNames {
  readonly #names = new Map<string, string>()
  readonly #deallocate: (name: string) => void
  #count = 0

  constructor(deallocate: (name: string) => void) {
    this.#deallocate = deallocate
  }

  nameOf(sql: string): string {
    const known = this.#names.get(sql)
    if (known !== undefined) return known
    if (this.#names.size >= mostPrepared) this.forget(this.#names.keys().next().value!)
    this.#count++
    const name = `n${this.#count}`
    this.#names.set(sql, name)
    return name
  }

  forget(sql: string): void {
    const name = this.#names.get(sql)
    if (name === undefined) return
    this.#names.delete(sql)
    this.#deallocate(name)
  }

  forgetAll(): void {
    for (const sql of [...this.#names.keys()]) this.forget(sql)
  }
}
