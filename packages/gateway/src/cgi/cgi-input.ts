import { RequestError } from '../errors.ts'

/**
 * `gateway.input` of a CGI program: as many bytes of its standard input as Content-Length says (RFC 3875 §4.2), since a server
 * need not close it; all of it where a server passes on chunks without counting them first.
 */
export class CgiInput implements AsyncIterable<Uint8Array> {
  readonly #open: () => AsyncIterable<Uint8Array>
  readonly #length: number
  readonly #maxBytes: number
  #isTaken = false

  /** `length` is infinite for a body that ends where the input does. */
  constructor(open: () => AsyncIterable<Uint8Array>, length: number, maxBytes: number) {
    this.#open = open
    this.#length = length
    this.#maxBytes = maxBytes
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    if (this.#isTaken) throw new RequestError('input-already-read')
    this.#isTaken = true
    return this.#read()
  }

  async *#read(): AsyncGenerator<Uint8Array, void> {
    let left = this.#length
    let received = 0
    if (left === 0) return
    for await (const chunk of this.#open()) {
      const piece = chunk.length > left ? chunk.subarray(0, left) : chunk
      left -= piece.length
      received += piece.length
      if (received > this.#maxBytes) throw new RequestError('body-too-large', `limit ${this.#maxBytes} bytes`)
      yield piece
      if (left === 0) return
    }
    if (Number.isFinite(left)) throw new RequestError('client-gone')
  }
}

/** How long the body is: what Content-Length says, else nothing; without end where chunks are passed on. `undefined` for no length. */
export function bodyLength(length: string | undefined, coding: string | undefined): number | undefined {
  if (length !== undefined && length !== '') return /^\d{1,15}$/.test(length) ? Number(length) : undefined
  return coding === undefined ? 0 : Number.POSITIVE_INFINITY
}
