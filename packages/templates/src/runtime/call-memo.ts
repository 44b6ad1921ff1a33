import { isPlainObject } from './truth.ts'

interface Call {
  readonly args: readonly unknown[]
  readonly result: unknown
}

/**
 * What calls returned that had to be loaded, by receiver, name and arguments: when the page is rendered again, the same
 * call has to meet the same object, which is loaded by then.
 */
export class CallMemo {
  readonly #receivers = new WeakMap<object, Map<PropertyKey, Call[]>>()

  find(receiver: object, name: PropertyKey, args: readonly unknown[]): Call | undefined {
    return this.#receivers
      .get(receiver)
      ?.get(name)
      ?.find((call) => sameArguments(call.args, args))
  }

  keep(receiver: object, name: PropertyKey, args: readonly unknown[], result: unknown): void {
    const names = this.#receivers.get(receiver) ?? new Map<PropertyKey, Call[]>()
    this.#receivers.set(receiver, names)
    names.set(name, [...(names.get(name) ?? []), { args, result }])
  }
}

function sameArguments(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => sameArgument(value, b[index]))
}

/** Lists and plain objects are compared by what is in them, dates by their value, any other object by identity. */
function sameArgument(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && sameArguments(a, b)
  if (isPlainObject(a) && isPlainObject(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameArgument(a[key], b[key]))
    )
  }
  return a.constructor === b.constructor && isValue(a) && String(a) === String(b)
}

/** Objects that are values: what they are is told whole by their text. */
function isValue(object: object): boolean {
  return (
    object instanceof Date ||
    object instanceof String ||
    String(Reflect.get(object, Symbol.toStringTag)).startsWith('Temporal.')
  )
}
