import { isPending, type Pending, pending, withArticle } from '@nuages/foundation'
import { TemplateError } from '../errors.ts'
import { isRenderable } from '../renderable.ts'
import { isPlainObject } from './truth.ts'

/** Stands for a value that has to be loaded first. What is printed with it in a page is never sent. */
export const unloaded: object = Object.freeze({ toString: () => '' })

/** Whether `unloaded` is among `values`, or in lists and plain objects among them. */
export function holdsUnloaded(values: readonly unknown[]): boolean {
  return values.some((value) => {
    if (typeof value !== 'object' || value === null) return false
    if (value === unloaded) return true
    if (Array.isArray(value)) return holdsUnloaded(value)
    return isPlainObject(value) && holdsUnloaded(Object.values(value))
  })
}

type Outcome = { readonly value: unknown } | { readonly error: unknown }

/**
 * The values of one render that have to be loaded: pending ones, promises, and asynchronous iterables in loops. Those met
 * in a pass are loaded together after it.
 */
export class Loads {
  // Most pages load nothing, and make no maps.
  #waiting: Map<object, () => Promise<unknown>> | undefined
  /** What promises and iterables came to; of pending values, only that they failed or were loaded. */
  #outcomes: Map<object, Outcome> | undefined
  #lastNoted = ''

  /** The class of the value that was noted last, for the message about a page that is never complete. */
  get lastNoted(): string {
    return this.#lastNoted
  }

  /** The value behind `source`, or `unloaded` after noting that it has to be loaded. Throws what its loading threw. */
  read(source: object): unknown {
    if (isPending(source)) return this.#readPending(source)
    if (isThenable(source)) return this.#readOutcome(source, async () => source)
    return source
  }

  /** The items of an asynchronous iterable as an array. */
  readIterable(source: AsyncIterable<unknown>): unknown {
    return this.#readOutcome(source, () => Array.fromAsync(source))
  }

  /** Whether a read of `value` may give something else than `value` now, and the same object has to be met again then. */
  isUnsettled(value: object): boolean {
    if (isPending(value)) return !value[pending]().ready
    return isThenable(value) || Symbol.asyncIterator in value || isRenderable(value)
  }

  /** Loads all that was noted, at once. Failures are kept, and thrown where the value is met again. */
  async load(): Promise<void> {
    const waiting = [...(this.#waiting ?? [])]
    this.#waiting = undefined
    this.#outcomes ??= new Map()
    const outcomes = this.#outcomes
    await Promise.all(
      waiting.map(async ([source, load]) => {
        try {
          outcomes.set(source, { value: await load() })
        } catch (error) {
          outcomes.set(source, { error })
        }
      }),
    )
  }

  #readPending(source: Pending): unknown {
    const state = source[pending]()
    if (state.ready)
      return typeof state.value === 'object' && state.value !== null ? this.read(state.value) : state.value
    const outcome = this.#outcomes?.get(source)
    if (outcome) {
      if ('error' in outcome) throw outcome.error
      throw new TemplateError(`${withArticle(nameOf(source))} is not ready although it has been loaded`, {
        hint: 'After load() has resolved, the same object has to answer { ready: true, value }.',
      })
    }
    return this.#note(source, () => state.load())
  }

  #readOutcome(source: object, load: () => Promise<unknown>): unknown {
    const outcome = this.#outcomes?.get(source)
    if (!outcome) return this.#note(source, load)
    if ('error' in outcome) throw outcome.error
    const { value } = outcome
    return typeof value === 'object' && value !== null ? this.read(value) : value
  }

  #note(source: object, load: () => Promise<unknown>): unknown {
    this.#waiting ??= new Map()
    this.#waiting.set(source, load)
    this.#lastNoted = nameOf(source)
    return unloaded
  }
}

function isThenable(value: object): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
}

function nameOf(value: object): string {
  return value.constructor?.name || 'value'
}
