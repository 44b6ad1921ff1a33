import { Decimal } from '@nuages/orm'
import { CacheValueError } from '../errors.ts'
import { type Marked, mark, nameOfTemporal, tagPrefix } from './marked.ts'

/**
 * A value as text: JSON where JSON holds it whole, else JSON in which what it does not hold is marked, after `tagPrefix`.
 * Throws `CacheValueError` for what could not be read back as it was. `key` is for the error.
 */
export function encodeValue(value: unknown, key: string): string {
  if (typeof value === 'string' || value === null || typeof value === 'boolean') return JSON.stringify(value)
  const encoder = new Encoder(key)
  const plain = encoder.plain(value)
  const text = JSON.stringify(plain)
  return encoder.hasMarks ? tagPrefix + text : text
}

class Encoder {
  hasMarks = false
  readonly #key: string
  /** Where the encoder is: the objects around, and the steps to them. */
  readonly #above: object[] = []
  readonly #path: (string | number)[] = []

  constructor(key: string) {
    this.#key = key
  }

  /** What stands for `value` in JSON; the value itself where nothing inside it has to be marked. */
  plain(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : this.#marked('number', Object.is(value, -0) ? '-0' : String(value))
      case 'bigint':
        return this.#marked('bigint', String(value))
      case 'object':
        return value === null ? null : this.#object(value)
      default:
        throw this.#refusal(`a value of type ${typeof value}`)
    }
  }

  #object(value: object): unknown {
    if (this.#above.includes(value)) throw this.#refusal('an object that holds itself')
    this.#above.push(value)
    const plain = Array.isArray(value) ? this.#array(value) : this.#other(value)
    this.#above.pop()
    return plain
  }

  #inside(step: string | number, value: unknown): unknown {
    this.#path.push(step)
    const plain = this.plain(value)
    this.#path.pop()
    return plain
  }

  #array(items: readonly unknown[]): unknown {
    // Array.from fills holes, which map would pass over.
    return Array.from(items, (item, index) => this.#inside(index, item))
  }

  #other(value: object): unknown {
    const prototype = Object.getPrototypeOf(value)
    if (prototype === Object.prototype || prototype === null) return this.#members(value)
    if (value instanceof Uint8Array) return this.#marked('bytes', Buffer.from(value).toString('base64'))
    if (Decimal.isDecimal(value)) return this.#marked('Decimal', value.toString())
    const temporal = nameOfTemporal(value)
    if (temporal !== undefined) return this.#marked(temporal, String(value))
    throw this.#refusal(`an object of ${value.constructor?.name || 'a class'}`)
  }

  #members(value: object): unknown {
    const plain: Record<string, unknown> = Object.create(null)
    // A member that is undefined is as good as none.
    for (const [name, member] of Object.entries(value)) {
      if (member !== undefined) plain[name] = this.#inside(name, member)
    }
    return Object.hasOwn(plain, mark) ? this.#marked('object', plain) : plain
  }

  #marked(kind: string, of: unknown): Marked {
    this.hasMarks = true
    return { [mark]: kind, of }
  }

  #refusal(what: string): CacheValueError {
    const place = this.#path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
    return new CacheValueError(
      `A cache cannot keep ${what} (${place === '' ? 'the value' : place.replace(/^\./, '')} of '${this.#key}').`,
      {
        hint:
          'It keeps text, numbers, booleans, null, bigint, Decimal, Uint8Array, Temporal, and arrays and plain objects of them: ' +
          'write a Date as Temporal.Instant, a row as its key or its values.',
      },
    )
  }
}
