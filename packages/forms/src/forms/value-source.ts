/** What a form reads its values from: a `QueryDict`, the web's `FormData`, or anything else that can answer these. */
export interface ValueSource {
  has(name: string): boolean
  /** Where there are several, the last, as with Django. */
  get(name: string): unknown
  getAll(name: string): readonly unknown[]
}

/** Values by name in a plain object; a list is a name that came several times. */
export type PlainValues = Readonly<Record<string, unknown>>

/** What a form takes as `data` and `files`. */
export type FormValues = ValueSource | PlainValues

class PlainSource implements ValueSource {
  readonly #values: PlainValues

  constructor(values: PlainValues) {
    this.#values = values
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#values, name) && this.#values[name] !== undefined
  }

  get(name: string): unknown {
    const value = this.has(name) ? this.#values[name] : undefined
    return Array.isArray(value) ? value.at(-1) : value
  }

  getAll(name: string): readonly unknown[] {
    if (!this.has(name)) return []
    const value = this.#values[name]
    return Array.isArray(value) ? value : [value]
  }
}

/** The values of a form behind one interface, whatever they came in. */
export function valueSource(values: FormValues | null | undefined): ValueSource {
  if (values === null || values === undefined) return new PlainSource({})
  return isValueSource(values) ? values : new PlainSource(values as PlainValues)
}

function isValueSource(values: FormValues): values is ValueSource {
  const { has, get, getAll } = values as Partial<Record<keyof ValueSource, unknown>>
  return typeof has === 'function' && typeof get === 'function' && typeof getAll === 'function'
}
