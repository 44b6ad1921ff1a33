import type { IncomingMessage, ServerResponse } from 'node:http'
import { RequestError } from '../errors.ts'

/** `gateway.input` of the node server: the body as it arrives, no faster than it is read. */
export class RequestInput implements AsyncIterable<Uint8Array> {
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #maxBytes: number
  readonly #signal: () => AbortSignal
  #taken = false

  constructor(request: IncomingMessage, response: ServerResponse, maxBytes: number, signal: () => AbortSignal) {
    this.#request = request
    this.#response = response
    this.#maxBytes = maxBytes
    this.#signal = signal
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    if (this.#taken) throw new RequestError('input-already-read')
    this.#taken = true
    return this.#read()
  }

  // The server answers any other expectation with 417, and HTTP/1.0 has none (RFC 9110 §10.1.1).
  #sendContinue(): void {
    const { headers, httpVersion } = this.#request
    const expected = headers.expect !== undefined && httpVersion === '1.1'
    if (expected && !this.#response.headersSent) this.#response.writeContinue()
  }

  async *#read(): AsyncGenerator<Uint8Array, void> {
    this.#sendContinue()
    let received = 0
    try {
      // The socket must live on when the application stops reading: the response goes out over it.
      for await (const chunk of this.#request.iterator({ destroyOnReturn: false })) {
        received += (chunk as Uint8Array).length
        if (received > this.#maxBytes) throw new RequestError('body-too-large', `limit ${this.#maxBytes} bytes`)
        yield chunk as Uint8Array
      }
    } catch (error) {
      if (error instanceof RequestError) throw error
      const { reason } = this.#signal()
      throw reason instanceof RequestError ? reason : new RequestError('client-gone', '', { cause: error })
    }
  }
}
