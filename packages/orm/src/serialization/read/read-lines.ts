import { type PlacedObject, parseObject } from './placed-object.ts'

/** Reads an object from each line of a text as it comes in; empty lines are passed over. */
export class LineReader {
  readonly #source: string | undefined
  #begun = ''
  #line = 0
  #number = 0

  constructor(source: string | undefined) {
    this.#source = source
  }

  /** The objects of the lines that end in a piece of text. Throws `DeserializationError` for a line that is no object. */
  read(text: string): PlacedObject[] {
    const lines = (this.#begun + text).split('\n')
    this.#begun = lines.pop()!
    return lines.flatMap((line) => this.#object(line))
  }

  /** The object of a last line that ends with the text. */
  end(): PlacedObject[] {
    const rest = this.#begun
    this.#begun = ''
    return this.#object(rest)
  }

  #object(line: string): PlacedObject[] {
    this.#line++
    const text = line.trim()
    if (text === '') return []
    this.#number++
    return [parseObject(text, { source: this.#source, number: this.#number, line: this.#line })]
  }
}
