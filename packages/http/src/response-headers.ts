import { inspect } from 'node:util'
import type { HeaderList } from '@nuages/gateway'
import { BadHeaderError } from './errors.ts'

/** Headers as a person writes them: an object, or pairs. */
export type HeadersInput = Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>

type Header = readonly [name: string, value: string]

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const unsendable = /[^\t\x20-\x7e\x80-\xff]/
const lowerNames = new Map<string, string>()
const maxRemembered = 500

/** The name in lower case. Names are checked once and remembered: an application uses few. */
function lowerName(name: string): string {
  const known = lowerNames.get(name)
  if (known !== undefined) return known
  if (!token.test(name)) {
    throw new BadHeaderError(
      `Not a header name: ${JSON.stringify(name.slice(0, 100))}. It takes letters, digits and -.`,
    )
  }
  const lower = name.toLowerCase()
  if (lowerNames.size < maxRemembered) lowerNames.set(name, lower)
  return lower
}

function checkValue(name: string, value: string): void {
  if (unsendable.test(value)) {
    throw new BadHeaderError(
      `The header ${name} cannot hold ${JSON.stringify(value.slice(0, 100))}: line breaks, control characters and text ` +
        'beyond Latin-1 cannot be sent. Percent-encode it, or use the encoding that the header defines.',
    )
  }
}

/** Headers that many responses get, checked once. Throws `BadHeaderError` where one cannot be sent. */
export class DefaultHeaders {
  readonly list: readonly Header[]
  /** The names of `list` in lower case, at the same places. */
  readonly names: readonly string[]

  constructor(headers: Iterable<Header>) {
    this.list = [...headers]
    this.names = this.list.map(([name]) => lowerName(name))
    for (const [name, value] of this.list) checkValue(name, value)
  }
}

/** The headers of a response, in the order they are sent. Names keep their case and are found in any. */
export class ResponseHeaders {
  // A short list is searched faster than a map is built, and it is what the gateway takes.
  readonly #list: Header[] = []
  // The names of #list in lower case, at the same places.
  readonly #names: string[] = []

  constructor(headers?: HeadersInput) {
    if (headers === undefined) return
    const pairs = Symbol.iterator in headers ? (headers as Iterable<Header>) : Object.entries(headers)
    for (const [name, value] of pairs) this.append(name, value)
  }

  get(name: string): string | undefined {
    const index = this.#names.indexOf(lowerName(name))
    return index === -1 ? undefined : this.#list[index]![1]
  }

  /** Every value of a header that stands more than once. */
  getAll(name: string): string[] {
    const lower = lowerName(name)
    return this.#list.filter((_, index) => this.#names[index] === lower).map((header) => header[1])
  }

  has(name: string): boolean {
    return this.#names.includes(lowerName(name))
  }

  /** Sets a header, in place of every one of that name. Throws `BadHeaderError` where it cannot be sent. */
  set(name: string, value: string): void {
    const lower = lowerName(name)
    checkValue(name, value)
    const index = this.#names.indexOf(lower)
    if (index === -1) {
      this.#add(lower, name, value)
      return
    }
    this.#list[index] = [name, value]
    this.#removeFrom(lower, index + 1)
  }

  /** Sets a header unless it is set already. */
  setDefault(name: string, value: string): void {
    const lower = lowerName(name)
    if (this.#names.includes(lower)) return
    checkValue(name, value)
    this.#add(lower, name, value)
  }

  /** Sets each of the headers unless it is set already. They were checked when the set was made. */
  setDefaults(defaults: DefaultHeaders): void {
    for (let at = 0; at < defaults.names.length; at += 1) {
      const lower = defaults.names[at]!
      if (this.#names.includes(lower)) continue
      this.#names.push(lower)
      this.#list.push(defaults.list[at]!)
    }
  }

  /** Adds a header beside those of the same name. */
  append(name: string, value: string): void {
    const lower = lowerName(name)
    checkValue(name, value)
    this.#add(lower, name, value)
  }

  delete(name: string): void {
    this.#removeFrom(lowerName(name), 0)
  }

  entries(): IterableIterator<readonly [name: string, value: string]> {
    return this.#list.values()
  }

  [Symbol.iterator](): IterableIterator<readonly [name: string, value: string]> {
    return this.entries()
  }

  [inspect.custom](): readonly Header[] {
    return this.#list
  }

  /** The headers as the gateway takes them: the list itself, not a copy. */
  toList(): HeaderList {
    return this.#list
  }

  #add(lower: string, name: string, value: string): void {
    this.#names.push(lower)
    this.#list.push([name, value])
  }

  #removeFrom(lower: string, from: number): void {
    for (let at = this.#names.indexOf(lower, from); at !== -1; at = this.#names.indexOf(lower, at)) {
      this.#names.splice(at, 1)
      this.#list.splice(at, 1)
    }
  }
}
