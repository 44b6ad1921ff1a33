import { AsyncLocalStorage } from 'node:async_hooks'

interface Frame {
  readonly variable: object
  readonly value: unknown
  readonly parent: Frame | undefined
}

const frames = new AsyncLocalStorage<Frame>()

/**
 * A value bound to the asynchronous flow that set it, such as the open transaction or the active time zone. Every variable
 * shares one AsyncLocalStorage, so a request that sets none pays for none. The names are those of TC39's
 * `AsyncContext.Variable`.
 */
export class ContextVariable<T> {
  readonly name: string
  readonly #defaultValue: T | undefined

  constructor(options: { name: string; defaultValue?: T }) {
    this.name = options.name
    this.#defaultValue = options.defaultValue
  }

  /** The value of the innermost `run` around the caller, else the default. */
  get(): T | undefined {
    for (let frame = frames.getStore(); frame !== undefined; frame = frame.parent) {
      if (frame.variable === this) return frame.value as T
    }
    return this.#defaultValue
  }

  /** Calls `fn` with the variable set to `value`, in it and in everything asynchronous that it starts. */
  run<R>(value: T, fn: () => R): R {
    return frames.run({ variable: this, value, parent: frames.getStore() }, fn)
  }
}
