import { inspect } from 'node:util'
import { type Environ, environNameOfHeader, toPlainEnviron } from '@nuages/gateway'

const keys = new Map<string, string>()
const maxCachedKeys = 500

/** The environ's key for a header: `'User-Agent'` → `'HTTP_USER_AGENT'`. Names with `_`, as templates write them, do as well. */
export function environKey(name: string): string {
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = environNameOfHeader(name.replaceAll('_', '-'))!
  if (keys.size < maxCachedKeys) keys.set(name, key)
  return key
}

/** The headers of a request, by name in any case. Repeated ones are joined, as in the environ. */
export class RequestHeaders {
  readonly #environ: Environ

  constructor(environ: Environ) {
    this.#environ = environ
  }

  get(name: string): string | undefined {
    return (this.#environ as unknown as Readonly<Record<string, string | undefined>>)[environKey(name)]
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  /** Names in lower case with their values. */
  *entries(): IterableIterator<[name: string, value: string]> {
    for (const key of Object.keys(toPlainEnviron(this.#environ))) {
      const bare = key.startsWith('HTTP_') ? key.slice(5) : key
      if (bare === key && key !== 'CONTENT_TYPE' && key !== 'CONTENT_LENGTH') continue
      const name = bare.toLowerCase().replaceAll('_', '-')
      const value = this.get(name)
      if (value !== undefined) yield [name, value]
    }
  }

  [Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    return this.entries()
  }

  [inspect.custom](): Map<string, string> {
    return new Map(this)
  }
}
