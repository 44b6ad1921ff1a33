import type { ResponseSink } from '../answer.ts'
import type { BodyChunk } from '../contract.ts'
import { GatewayContractError } from '../errors.ts'
import type { ResponseHead } from '../response-head.ts'

/** As much of a stream as a response needs. */
export interface OutputStream {
  write(chunk: string | Uint8Array, callback: (error?: Error | null) => void): unknown
  on(event: 'error' | 'close', listener: () => void): unknown
}

/** The response of a CGI program on its standard output (RFC 3875 §6): `Status` and the headers, a blank line, the body. */
export class CgiOutput implements ResponseSink {
  readonly #stream: OutputStream
  readonly #onGone: () => void
  readonly #finished = Promise.withResolvers<boolean>()
  #isGone = false

  /** `onGone` is called when nobody takes the output any more: the server ends a program whose client has left. */
  constructor(stream: OutputStream, onGone: () => void) {
    this.#stream = stream
    this.#onGone = onGone
    stream.on('error', () => this.#leave())
    stream.on('close', () => this.#leave())
  }

  /** Whether the whole response went out. Resolves when that is known. */
  get isWhole(): Promise<boolean> {
    return this.#finished.promise
  }

  start(head: ResponseHead): void {
    let text = `Status: ${head.code} ${head.reason}\r\n`
    for (let at = 0; at < head.fields.length; at += 2) {
      const [name, value] = [head.fields[at]!, head.fields[at + 1]!]
      if (!token.test(name) || unsendable.test(value)) throw unsendableHeader(name, value)
      text += `${name}: ${value}\r\n`
    }
    // one character a byte, as headers are
    this.#stream.write(Buffer.from(`${text}\r\n`, 'latin1'), () => {})
  }

  write(chunk: BodyChunk): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#isGone) return resolve(false)
      this.#stream.write(chunk, (error) => resolve(!error && !this.#isGone))
    })
  }

  end(): void {
    // Written when everything before it was.
    this.#stream.write('', (error) => this.#finished.resolve(!error))
  }

  cut(): void {
    this.#finished.resolve(false)
  }

  #leave(): void {
    this.#isGone = true
    this.#finished.resolve(false)
    this.#onGone()
  }
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const unsendable = /[^\t\x20-\x7e\x80-\xff]/

/** What node's server checks by itself: a line break would begin another header, or the body. */
function unsendableHeader(name: string, value: string): GatewayContractError {
  return new GatewayContractError(
    'application',
    `startResponse got the header ${JSON.stringify(name)} with the value ${JSON.stringify(value)}, which cannot be sent. Encode it.`,
  )
}
