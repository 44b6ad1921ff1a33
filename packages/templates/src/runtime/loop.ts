/** What `loop` is inside `{% for %}`. */
export class Loop {
  index0 = 0
  readonly length: number

  constructor(length: number) {
    this.length = length
  }

  get index(): number {
    return this.index0 + 1
  }

  get revindex(): number {
    return this.length - this.index0
  }

  get revindex0(): number {
    return this.length - this.index0 - 1
  }

  get first(): boolean {
    return this.index0 === 0
  }

  get last(): boolean {
    return this.index0 === this.length - 1
  }
}
