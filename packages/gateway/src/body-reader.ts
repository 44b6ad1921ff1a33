import { types } from 'node:util'
import type { Body, BodyChunk } from './contract.ts'
import { GatewayContractError } from './errors.ts'

type IterableBody = Exclude<Body, BodyChunk>

/** Reads the chunks of an iterable body, and lets go of it when they are no longer wanted. */
export class BodyReader {
  readonly #body: IterableBody
  readonly #onError: (error: unknown) => void
  #iterator: Iterator<BodyChunk> | AsyncIterator<BodyChunk> | undefined
  #done = false

  /** `onError` gets what the body throws while it is closed early. */
  constructor(body: IterableBody, onError: (error: unknown) => void) {
    this.#body = body
    this.#onError = onError
  }

  /** The next chunk, or undefined after the last one. */
  async next(): Promise<BodyChunk | undefined> {
    this.#iterator ??= iteratorOf(this.#body)
    let step: IteratorResult<BodyChunk>
    try {
      step = await this.#iterator.next()
    } catch (error) {
      this.#done = true
      throw error
    }
    if (!step.done) return checkChunk(step.value)
    this.#done = true
    return undefined
  }

  /** Calls `return()` on an iterator that has more to give; a body that was never started is disposed of instead. */
  close(): void {
    if (this.#done) return
    this.#done = true
    try {
      const closing: unknown = this.#iterator
        ? this.#iterator.return?.()
        : dispose(this.#body as Partial<AsyncDisposable & Disposable>)
      if (types.isPromise(closing)) closing.catch(this.#onError)
    } catch (error) {
      this.#onError(error)
    }
  }
}

/** Throws unless `chunk` is a string or bytes. */
export function checkChunk(chunk: unknown): BodyChunk {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return chunk
  throw new GatewayContractError('application', `its body gave ${kindOf(chunk)} as a chunk. Give strings or bytes.`)
}

/** In bytes, as it will be sent. */
export function chunkSize(chunk: BodyChunk): number {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
}

function iteratorOf(body: IterableBody): Iterator<BodyChunk> | AsyncIterator<BodyChunk> {
  if (typeof body === 'object' && body !== null) {
    if (Symbol.asyncIterator in body) return body[Symbol.asyncIterator]()
    if (Symbol.iterator in body) return body[Symbol.iterator]()
  }
  throw new GatewayContractError(
    'application',
    `it returned ${kindOf(body)} as the body. Return a string, bytes, or an iterable of those.`,
  )
}

function dispose(body: Partial<AsyncDisposable & Disposable>): unknown {
  return Symbol.asyncDispose in body ? body[Symbol.asyncDispose]?.() : body[Symbol.dispose]?.()
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : value === undefined ? 'undefined' : `a value of type ${typeof value}`
}
