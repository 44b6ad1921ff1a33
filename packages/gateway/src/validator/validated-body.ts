import type { Body, BodyChunk } from '../contract.ts'
import { GatewayContractError } from '../errors.ts'
import type { ResponseState } from './response-state.ts'

type IterableBody = Exclude<Body, BodyChunk>

/** The application's body, checked when the server reads it. */
export function validatedBody(body: unknown, state: ResponseState): Body {
  if (typeof body === 'string' || body instanceof Uint8Array) {
    state.chunk(body)
    state.end()
    return body
  }
  if (typeof body === 'object' && body !== null) {
    if (Symbol.asyncIterator in body) return new ValidatedIterable(body as AsyncIterable<BodyChunk>, state)
    if (Symbol.iterator in body) return new ValidatedIterable(body as Iterable<BodyChunk>, state)
  }
  throw new GatewayContractError(
    'application',
    `its body must be a string, bytes or an iterable of those; got ${body === null ? 'null' : typeof body}.`,
  )
}

class ValidatedIterable implements AsyncIterable<BodyChunk> {
  readonly #body: IterableBody
  readonly #state: ResponseState
  #isTaken = false

  constructor(body: IterableBody, state: ResponseState) {
    this.#body = body
    this.#state = state
  }

  [Symbol.asyncIterator](): AsyncIterator<BodyChunk> {
    if (this.#isTaken) throw new GatewayContractError('server', 'it asked the body for a second iterator.')
    this.#isTaken = true
    const body = this.#body
    const iterator = Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body[Symbol.iterator]()
    return new ValidatedIterator(iterator, this.#state)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const body = this.#body as Partial<AsyncDisposable & Disposable>
    await (body[Symbol.asyncDispose]?.() ?? body[Symbol.dispose]?.())
  }
}

class ValidatedIterator implements AsyncIterator<BodyChunk> {
  readonly #iterator: Iterator<BodyChunk> | AsyncIterator<BodyChunk>
  readonly #state: ResponseState
  #isReading = false
  #isClosed = false

  constructor(iterator: Iterator<BodyChunk> | AsyncIterator<BodyChunk>, state: ResponseState) {
    this.#iterator = iterator
    this.#state = state
  }

  async next(): Promise<IteratorResult<BodyChunk>> {
    if (this.#isClosed) throw new GatewayContractError('server', 'it asked for a chunk after the body had ended.')
    if (this.#isReading) throw new GatewayContractError('server', 'it asked for a chunk before it had the last one.')
    this.#isReading = true
    try {
      const step = await this.#iterator.next()
      if (step.done) {
        this.#isClosed = true
        this.#state.end()
      } else this.#state.chunk(step.value)
      return step
    } finally {
      this.#isReading = false
    }
  }

  async return(): Promise<IteratorResult<BodyChunk>> {
    this.#isClosed = true
    await this.#iterator.return?.()
    return { done: true, value: undefined }
  }
}
