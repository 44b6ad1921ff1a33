import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Application, Body, BodyChunk, Environ, StartResponse } from '../contract.ts'
import { GatewayContractError, RequestError } from '../errors.ts'
import type { RequestTarget } from '../request-target.ts'
import type { Connection } from './connection.ts'
import { lingerBeforeDestroy } from './linger.ts'
import { createNodeEnviron, type EnvironSource } from './node-environ.ts'
import { RequestInput } from './request-input.ts'
import { ResponseHead } from './response-head.ts'

/** What an exchange needs to know of the server it runs in. */
export interface ExchangeServer {
  readonly name: string | undefined
  readonly errors: Environ['gateway.errors']
  readonly multiprocess: boolean
  readonly maxBodyBytes: number
  readonly sendTimeoutMs: number
}

type AnyIterator = Iterator<BodyChunk> | AsyncIterator<BodyChunk>

// A body that nobody read is read off the connection up to this size, to keep the connection; above, closing is cheaper.
const maxDiscardedBytes = 64 * 1024

/** One request and its response. */
export class Exchange implements EnvironSource {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly target: RequestTarget
  readonly server: ExchangeServer
  readonly #connection: Connection
  #head: ResponseHead | undefined
  #input: RequestInput | undefined
  #controller: AbortController | undefined
  #goneReason: RequestError | undefined
  #finished = false
  #iterator: AnyIterator | undefined
  #wake: (() => void) | undefined

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    target: RequestTarget,
    server: ExchangeServer,
    connection: Connection,
  ) {
    this.request = request
    this.response = response
    this.target = target
    this.server = server
    this.#connection = connection
    connection.add(this)
  }

  get input(): AsyncIterable<Uint8Array> {
    this.#input ??= new RequestInput(this.request, this.response, this.server.maxBodyBytes, () => this.signal)
    return this.#input
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.#goneReason) this.#controller.abort(this.#goneReason)
    }
    return this.#controller.signal
  }

  /** Calls the application and sends what it answers. No promise is made when application and body are synchronous. */
  run(application: Application): void {
    try {
      const startResponse: StartResponse = (status, headers, error) => this.#startResponse(status, headers, error)
      const result = application(createNodeEnviron(this), startResponse)
      if (typeof result === 'string' || result instanceof Uint8Array) this.#sendWhole(result)
      else void this.#runAsync(result)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Gives up on the request: the client is gone, or the server wants to be. */
  abort(reason: RequestError): void {
    if (this.#finished || this.#goneReason) return
    this.#goneReason = reason
    this.#controller?.abort(reason)
    this.#wake?.()
    this.#closeIterator()
    this.#finish()
  }

  #startResponse(status: string, headers: Parameters<StartResponse>[1], error: unknown): void {
    if (this.#head !== undefined && error === undefined) {
      throw new GatewayContractError(
        'application',
        'startResponse was called twice. Pass the error that replaces the first response as the third argument.',
      )
    }
    if (this.response.headersSent) throw error
    this.#head = new ResponseHead(status, headers)
  }

  async #runAsync(result: Body | Promise<Body>): Promise<void> {
    try {
      const body = await result
      if (typeof body === 'string' || body instanceof Uint8Array) {
        if (!this.#goneReason) this.#sendWhole(body)
      } else await this.#sendIterable(body)
    } catch (error) {
      this.#fail(error)
    }
  }

  #sendWhole(chunk: BodyChunk): void {
    const head = this.#requireHead()
    const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
    const hasBody = this.#hasBody(head)
    if (hasBody && head.contentLength !== undefined && head.contentLength !== size) throw wrongSize(head, size)
    this.#writeHead(head, hasBody || size > 0 ? size : undefined)
    this.response.end(chunk)
    this.#finish()
  }

  async #sendIterable(body: Exclude<Body, BodyChunk>): Promise<void> {
    const iterator = iteratorOf(body)
    this.#iterator = iterator
    if (this.#goneReason) return this.#closeIterator()
    let sent = 0
    for (;;) {
      const step = await iterator.next()
      if (this.#goneReason) return
      if (step.done) break
      const chunk = checkedChunk(step.value)
      const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
      if (size === 0) continue
      const head = this.#requireHead()
      if (!this.response.headersSent) this.#writeHead(head, undefined)
      if (!this.#hasBody(head)) return this.#endStream()
      sent += size
      if (head.contentLength !== undefined && sent > head.contentLength) throw wrongSize(head, sent)
      if (!this.response.write(chunk)) await this.#drained()
      if (this.#goneReason) return
    }
    this.#iterator = undefined
    const head = this.#requireHead()
    if (!this.response.headersSent) return this.#sendWhole('')
    if (head.contentLength !== undefined && sent < head.contentLength) throw wrongSize(head, sent)
    this.#endStream()
  }

  #endStream(): void {
    this.#closeIterator()
    this.response.end()
    this.#finish()
  }

  #hasBody(head: ResponseHead): boolean {
    return !head.isBodiless && this.request.method !== 'HEAD'
  }

  #requireHead(): ResponseHead {
    if (this.#head) return this.#head
    throw new GatewayContractError(
      'application',
      'it gave a body before it called startResponse. Call startResponse(status, headers) first.',
    )
  }

  #writeHead(head: ResponseHead, size: number | undefined): void {
    if (size !== undefined && head.contentLength === undefined && !head.isBodiless) {
      head.fields.push('Content-Length', String(size))
    }
    if (this.#connection.isClosing || this.#mustCloseForBody()) this.response.shouldKeepAlive = false
    this.response.writeHead(head.code, head.reason, head.fields)
  }

  /** Whether more of the request body is still to come than is worth reading to keep the connection. */
  #mustCloseForBody(): boolean {
    if (this.#input !== undefined || this.request.complete) return false
    const length = this.request.headers['content-length']
    const rest =
      this.request.headers['transfer-encoding'] === undefined ? Number(length ?? 0) : Number.POSITIVE_INFINITY
    if (rest <= maxDiscardedBytes) return false
    lingerBeforeDestroy(this.request.socket)
    return true
  }

  #drained(): Promise<void> {
    this.#closeWhenStalled()
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wake = undefined
        this.response.off('drain', wake)
        if (!this.#goneReason) this.response.socket?.setTimeout(0)
        resolve()
      }
      this.#wake = wake
      this.response.once('drain', wake)
    })
  }

  // Without this a client that stops reading would hold its response for ever. Node sets the time-out of the socket anew
  // when the response is finished, and destroys the socket when it runs out.
  #closeWhenStalled(): void {
    this.response.socket?.setTimeout(this.server.sendTimeoutMs)
  }

  #finish(): void {
    this.#finished = true
    const { socket } = this.response
    if (socket === null && !this.#goneReason) {
      // Pipelined behind a response that is not finished: it is still in flight.
      this.response.once('close', () => this.#connection.remove(this))
      return
    }
    if (socket !== null && socket.writableLength > 0) this.#closeWhenStalled()
    if (this.#input !== undefined && !this.request.complete && !this.#goneReason) this.#discardRest()
    this.#connection.remove(this)
  }

  // The application began to read the body and stopped: node leaves the rest to us, and would wait for ever.
  #discardRest(): void {
    this.request.removeAllListeners('readable')
    this.request.resume()
  }

  #closeIterator(): void {
    const iterator = this.#iterator
    this.#iterator = undefined
    if (iterator?.return === undefined) return
    try {
      const closed: unknown = iterator.return()
      if (closed instanceof Promise) closed.catch((error) => this.#log(error))
    } catch (error) {
      this.#log(error)
    }
  }

  #fail(error: unknown): void {
    this.#closeIterator()
    if (this.#goneReason) {
      if (error !== this.#goneReason && !isAbort(error)) this.#log(error)
      return
    }
    const refusal = error instanceof RequestError && error.code !== 'input-already-read' ? error : undefined
    if (!refusal) this.#log(error)
    if (this.response.headersSent) {
      this.response.destroy()
      return
    }
    this.#sendError(refusal?.status ?? 500, refusal?.message ?? 'The server met an error and could not answer.')
  }

  #sendError(status: number, message: string): void {
    // A failed head of a 204 or 304 leaves the response without a body in node's eyes.
    const body = this.#head?.isBodiless ? '' : `${message}\n`
    this.#head = new ResponseHead(`${status} ${status === 500 ? 'Internal Server Error' : 'Error'}`, [
      ['Content-Type', 'text/plain; charset=utf-8'],
    ])
    if (status !== 500) {
      this.response.shouldKeepAlive = false
      lingerBeforeDestroy(this.request.socket)
    }
    this.#sendWhole(body)
  }

  #log(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? String(error)) : String(error)
    this.server.errors.write(`${this.request.method} ${this.request.url}: ${text}\n`)
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof RequestError || (error instanceof Error && error.name === 'AbortError')
}

function iteratorOf(body: Exclude<Body, BodyChunk>): AnyIterator {
  if (typeof body === 'object' && body !== null) {
    if (Symbol.asyncIterator in body) return body[Symbol.asyncIterator]()
    if (Symbol.iterator in body) return body[Symbol.iterator]()
  }
  throw new GatewayContractError(
    'application',
    `it answered ${body === null ? 'null' : typeof body} as the body. Return a string, bytes, or an iterable of those.`,
  )
}

function checkedChunk(chunk: unknown): BodyChunk {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return chunk
  throw new GatewayContractError(
    'application',
    `its body gave ${chunk === null ? 'null' : typeof chunk} as a chunk. Give strings or bytes.`,
  )
}

function wrongSize(head: ResponseHead, size: number): GatewayContractError {
  return new GatewayContractError(
    'application',
    `its Content-Length is ${head.contentLength} and its body has ${size} bytes${size > head.contentLength! ? ' or more' : ''}. Leave Content-Length to the server, or count bytes, not characters.`,
  )
}
