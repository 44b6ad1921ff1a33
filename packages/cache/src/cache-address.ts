import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { Timeout } from './timeout.ts'

/** A cache's URL, taken apart: `file:var/cache?timeout=60`. Who opens it takes the options that it knows; `finish` refuses the rest. */
export class CacheAddress {
  readonly alias: string
  /** Without its options, which may hold secrets no less than what stands before them: not for errors. */
  readonly url: string
  readonly scheme: string
  /** What stands between the scheme and the options, decoded. */
  readonly location: string
  readonly #options: URLSearchParams
  readonly #known = new Set<string>()

  constructor(alias: string, url: string) {
    const parts = /^([a-z][a-z0-9+]*):([^?]*)(?:\?(.*))?$/s.exec(url)
    if (parts === null) {
      throw new ImproperlyConfigured(`caches['${alias}'] is no cache URL.`, { hint: "Write one such as 'memory:'." })
    }
    this.alias = alias
    this.scheme = parts[1]!
    this.url = `${this.scheme}:${parts[2]}`
    this.location = decoded(parts[2]!)
    this.#options = new URLSearchParams(parts[3] ?? '')
  }

  text(name: string): string | undefined {
    this.#known.add(name)
    return this.#options.get(name) ?? undefined
  }

  /** A number, or `fallback` where the URL does not say. Throws `ImproperlyConfigured` where it is none, or below `minimum`. */
  number<T extends number | undefined>(name: string, fallback: T, minimum = 0): number | T {
    const text = this.text(name)
    if (text === undefined) return fallback
    const number = text.trim() === '' ? Number.NaN : Number(text)
    if (Number.isFinite(number) && number >= minimum) return number
    throw this.problem(`'${name}' takes a number from ${minimum} on, not '${text}'`)
  }

  choice<const Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    const text = this.text(name)
    if (text === undefined) return fallback
    const chosen = choices.find((choice) => choice === text)
    if (chosen !== undefined) return chosen
    throw this.problem(`'${name}' takes ${choices.join(' or ')}, not '${text}'`)
  }

  /** Seconds, or `none` for ever. */
  timeout(): Timeout | undefined {
    return this.text('timeout') === 'none' ? null : this.number('timeout', undefined)
  }

  /** Throws `ImproperlyConfigured` where the URL has an option that nobody asked for. */
  finish(): void {
    const unknown = [...this.#options.keys()].find((name) => !this.#known.has(name))
    if (unknown === undefined) return
    const known = [...this.#known].sort()
    throw this.problem(`there is no option '${unknown}'.${didYouMean(unknown, known)} Options: ${known.join(', ')}`)
  }

  problem(what: string): ImproperlyConfigured {
    return new ImproperlyConfigured(`caches['${this.alias}'] (${this.scheme}:): ${what}.`)
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
