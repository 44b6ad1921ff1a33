import type { BodyChunk, HeaderList } from '../contract.ts'
import { GatewayContractError } from '../errors.ts'

/** How far a response has come, and whether what comes next may come. */
export class ResponseState {
  readonly #isHead: boolean
  #isStarted = false
  #isBodiless = false
  #declared: number | undefined
  #sent = 0

  constructor(method: string) {
    this.#isHead = method === 'HEAD'
  }

  start(status: string, headers: HeaderList, error: unknown): void {
    if (this.#isStarted && error === undefined) {
      throw broken('it called startResponse twice without the error that replaces the first response.')
    }
    this.#isStarted = true
    this.#isBodiless = status.startsWith('204') || status.startsWith('304')
    const length = headers.find(([name]) => name.toLowerCase() === 'content-length')
    this.#declared = length && Number(length[1])
  }

  chunk(chunk: unknown): asserts chunk is BodyChunk {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
      throw broken(`the chunks of its body must be strings or bytes; got ${chunk === null ? 'null' : typeof chunk}.`)
    }
    if (!this.#isStarted) throw broken('it gave a body before it called startResponse.')
    const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
    if (size === 0) return
    if (this.#isBodiless) throw broken('it gave a body to a 204 or 304, which have none.')
    this.#sent += size
    if (this.#declared !== undefined && this.#sent > this.#declared) {
      throw broken(`its Content-Length is ${this.#declared}, and its body is longer: ${this.#sent} bytes so far.`)
    }
  }

  end(): void {
    if (!this.#isStarted) throw broken('it ended without a call of startResponse.')
    if (this.#declared === undefined || this.#isHead || this.#isBodiless || this.#sent === this.#declared) return
    throw broken(`its Content-Length is ${this.#declared}, and its body has ${this.#sent} bytes.`)
  }
}

function broken(what: string): GatewayContractError {
  return new GatewayContractError('application', what)
}
