import { RequestError } from '../errors.ts'

/** `gateway.input` over the body of a `Request`: as it arrives, no faster than it is read. */
export class FetchInput implements AsyncIterable<Uint8Array> {
  readonly #request: Request
  readonly #maxBytes: number
  readonly #signal: AbortSignal
  #isTaken = false

  constructor(request: Request, maxBytes: number, signal: AbortSignal) {
    this.#request = request
    this.#maxBytes = maxBytes
    this.#signal = signal
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    if (this.#isTaken) throw new RequestError('input-already-read')
    this.#isTaken = true
    return this.#read()
  }

  async *#read(): AsyncGenerator<Uint8Array, void> {
    const reader = this.#request.body?.getReader()
    if (reader === undefined) return
    let received = 0
    // not every runtime breaks the body of a client that is gone
    const cancel = (): void => void reader.cancel().catch(() => {})
    this.#signal.addEventListener('abort', cancel, { once: true })
    try {
      for (;;) {
        const { done, value } = await reader.read().catch((cause: unknown) => this.#broken(cause))
        this.#signal.throwIfAborted()
        if (done) return
        received += value.length
        if (received > this.#maxBytes) throw new RequestError('body-too-large', `limit ${this.#maxBytes} bytes`)
        yield value
      }
    } finally {
      this.#signal.removeEventListener('abort', cancel)
      // the rest is the runtime's to read or to throw away
      reader.releaseLock()
    }
  }

  #broken(cause: unknown): never {
    const { reason } = this.#signal
    throw reason instanceof RequestError ? reason : new RequestError('client-gone', '', { cause })
  }
}
