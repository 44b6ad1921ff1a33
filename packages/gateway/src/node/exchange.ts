import type { IncomingMessage, ServerResponse } from 'node:http'
import { BodyReader, checkChunk, chunkSize } from '../body-reader.ts'
import type { Application, Body, BodyChunk, Environ, StartResponse } from '../contract.ts'
import { GatewayContractError, RequestError } from '../errors.ts'
import { STATUS_CODES } from '../node-http.ts'
import { refusalBody } from '../refusal.ts'
import type { RequestTarget } from '../request-target.ts'
import { ResponseHead } from '../response-head.ts'
import type { Connection } from './connection.ts'
import { createNodeEnviron, type EnvironSource } from './node-environ.ts'
import { RequestInput } from './request-input.ts'

/** What an exchange needs to know of the server it runs in. */
export interface ExchangeServer {
  readonly name: string | undefined
  readonly errors: Environ['gateway.errors']
  readonly multiprocess: boolean
  readonly maxBodyBytes: number
  readonly sendTimeoutMs: number
}

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
  #body: BodyReader | undefined

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
    this.#body?.close()
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
      } else if (Array.isArray(body) && body.length < 2) {
        if (!this.#goneReason) this.#sendWhole(checkChunk(body[0] ?? ''))
      } else await this.#sendIterable(body)
    } catch (error) {
      this.#fail(error)
    }
  }

  #sendWhole(chunk: BodyChunk): void {
    const head = this.#requireHead()
    const size = chunkSize(chunk)
    const hasBody = this.#hasBody(head)
    if (hasBody) head.expectSize(size)
    this.#writeHead(head, hasBody || size > 0 ? size : undefined)
    this.response.end(chunk)
    this.#finish()
  }

  async #sendIterable(iterable: Exclude<Body, BodyChunk>): Promise<void> {
    const body = new BodyReader(iterable, (error) => this.#log(error))
    this.#body = body
    if (this.#goneReason) return body.close()
    let sent = 0
    for (;;) {
      const chunk = await body.next()
      if (this.#goneReason) return
      if (chunk === undefined) break
      const size = chunkSize(chunk)
      if (size === 0) continue
      const head = this.#requireHead()
      if (!this.response.headersSent) this.#writeHead(head, undefined)
      if (!this.#hasBody(head)) return this.#endStream()
      sent += size
      head.expectAtMost(sent)
      if (!this.response.write(chunk)) await this.#drained()
      if (this.#goneReason) return
    }
    const head = this.#requireHead()
    if (!this.response.headersSent) return this.#sendWhole('')
    head.expectSize(sent)
    this.#endStream()
  }

  #endStream(): void {
    this.#body?.close()
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
    // A response that is streamed may still read the request while it goes on.
    const isLast = (size !== undefined || this.#input === undefined) && this.#leavesTooMuch()
    if (isLast || this.#connection.isClosing) {
      this.#connection.end()
      this.response.shouldKeepAlive = false
    }
    this.response.writeHead(head.code, head.reason, head.fields)
  }

  /** Whether more of the request body may be to come than is worth reading to keep the connection. */
  #leavesTooMuch(): boolean {
    if (this.request.complete) return false
    const { 'content-length': length, 'transfer-encoding': coding } = this.request.headers
    return coding !== undefined || Number(length ?? 0) > maxDiscardedBytes
  }

  // Never resolves when the client goes away instead: then nobody asks the body for more.
  #drained(): Promise<void> {
    this.#closeWhenStalled()
    return new Promise((resolve) => {
      this.response.once('drain', () => {
        this.response.socket?.setTimeout(0)
        resolve()
      })
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
    if (!this.#goneReason) this.#settleSocket()
    this.#connection.remove(this)
  }

  #settleSocket(): void {
    const { socket } = this.response
    if (socket !== null && socket.writableLength > 0) this.#closeWhenStalled()
    if (this.#input !== undefined && !this.request.complete) this.#discardRest()
  }

  // The application began to read the body and stopped: node would wait for ever for somebody to read the rest.
  #discardRest(): void {
    if (this.#leavesTooMuch()) {
      this.#connection.end()
      this.response.once('finish', () => this.#connection.closeIfIdle())
    }
    this.request.removeAllListeners('readable')
    this.request.resume()
  }

  #fail(error: unknown): void {
    this.#body?.close()
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
    this.#sendError(refusal?.status ?? 500, refusal?.message ?? 'the application failed, and its log says why')
  }

  #sendError(status: number, message: string): void {
    // A failed head of a 204 or 304 leaves the response without a body in node's eyes.
    const body = this.#head?.isBodiless ? '' : refusalBody(status, message)
    this.#head = new ResponseHead(`${status} ${STATUS_CODES[status]}`, [['Content-Type', 'text/plain; charset=utf-8']])
    if (status !== 500) {
      this.#connection.end()
      this.response.shouldKeepAlive = false
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
