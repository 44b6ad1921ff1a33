import { DeserializationError } from '../errors.ts'
import { notAnObject, type PlacedObject, parseObject } from './placed-object.ts'

const quote = 34
const comma = 44
const openList = 91
const backslash = 92
const closeList = 93
const openObject = 123
const closeObject = 125
const newLine = 10

/** What may come next, outside of objects. */
type Expected = 'list' | 'object or end' | 'object' | 'comma or end' | 'nothing'

/**
 * Cuts a JSON list of objects into its objects as its text comes in, so that a list of any length takes the memory of one object. Only
 * where objects begin and end is looked for here; what is in them is for `JSON.parse`.
 */
export class ArrayReader {
  readonly #source: string | undefined
  #expected: Expected = 'list'
  /** How many brackets of the object at hand are open; 0 outside. */
  #depth = 0
  #inText = false
  #escaped = false
  /** What came before of the object at hand. */
  #begun = ''
  #line = 1
  #startLine = 1
  #number = 0

  constructor(source: string | undefined) {
    this.#source = source
  }

  /** The objects that end in a piece of text. Throws `DeserializationError` for what is no list of objects. */
  read(text: string): PlacedObject[] {
    const objects: PlacedObject[] = []
    let start = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === newLine) this.#line++
      if (this.#depth === 0) {
        if (this.#between(code, text, at)) start = at
      } else if (this.#within(code)) {
        objects.push(parseObject(this.#begun + text.slice(start, at + 1), this.#place))
        this.#begun = ''
      }
    }
    if (this.#depth > 0) this.#begun += text.slice(start)
    return objects
  }

  /** Throws `DeserializationError` where the text ended before the list did. */
  end(): void {
    if (this.#expected === 'nothing') return
    const name = this.#source ?? 'The text'
    if (this.#expected === 'list') throw new DeserializationError(`${name} is empty: without rows it would be [].`)
    const where =
      this.#depth > 0 ? `within object ${this.#number}, of line ${this.#startLine},` : `on line ${this.#line}`
    throw new DeserializationError(`${name} ends ${where} before its list does: it was cut off.`)
  }

  get #place() {
    return { source: this.#source, number: this.#number, line: this.#startLine }
  }

  /** A character outside of objects; whether one begins with it. */
  #between(code: number, text: string, at: number): boolean {
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xfeff) return false
    const expected = this.#expected
    if (expected === 'list' && code === openList) this.#expected = 'object or end'
    else if (code === closeList && (expected === 'object or end' || expected === 'comma or end'))
      this.#expected = 'nothing'
    else if (code === comma && expected === 'comma or end') this.#expected = 'object'
    else if (expected === 'object' || expected === 'object or end') return this.#begin(code, text, at)
    else throw this.#unexpected(text.slice(at))
    return false
  }

  #begin(code: number, text: string, at: number): true {
    this.#number++
    this.#startLine = this.#line
    const [shown = ''] = text.slice(at, at + 50).split(/[,\n\]]/)
    if (code !== openObject) throw notAnObject(shown, this.#place)
    this.#depth = 1
    this.#expected = 'comma or end'
    return true
  }

  /** A character within an object; whether the object ends with it. */
  #within(code: number): boolean {
    if (this.#inText) {
      if (this.#escaped) this.#escaped = false
      else if (code === backslash) this.#escaped = true
      else if (code === quote) this.#inText = false
      return false
    }
    if (code === quote) this.#inText = true
    else if (code === openObject || code === openList) this.#depth++
    else if (code === closeObject || code === closeList) return --this.#depth === 0
    return false
  }

  #unexpected(text: string): DeserializationError {
    const shown = text.length > 20 ? `${text.slice(0, 20)}…` : text
    const name = this.#source ?? 'The text'
    const words: Readonly<Record<Expected, string>> = {
      list: 'is no list of objects: it begins with',
      'object or end': '',
      object: '',
      'comma or end': `has no comma after object ${this.#number}, but`,
      nothing: 'goes on after its list, with',
    }
    return new DeserializationError(`${name}, line ${this.#line}, ${words[this.#expected]} '${shown}'.`, {
      hint:
        this.#expected === 'list'
          ? 'A fixture is a list [{"model": …, "pk": …, "fields": {…}}, …]; with an object on each line its format is jsonl.'
          : 'Is it one list of objects?',
    })
  }
}
