/** Few things by their names. A row has one related row, as a rule, and a Map to hold it would be larger than the row. */
export class ByName<T> {
  #name: string | undefined
  #value: T | undefined
  #more: Map<string, T> | undefined

  get(name: string): T | undefined {
    return this.#name === name ? this.#value : this.#more?.get(name)
  }

  has(name: string): boolean {
    return this.#name === name || this.#more?.has(name) === true
  }

  set(name: string, value: T): void {
    if (this.#name === name || (this.#name === undefined && !this.#more?.has(name))) {
      this.#name = name
      this.#value = value
      return
    }
    this.#more ??= new Map()
    this.#more.set(name, value)
  }

  delete(name: string): void {
    if (this.#name === name) this.#name = this.#value = undefined
    else this.#more?.delete(name)
  }

  copy(): ByName<T> {
    const copy = new ByName<T>()
    copy.#name = this.#name
    copy.#value = this.#value
    copy.#more = this.#more && new Map(this.#more)
    return copy
  }
}
