import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server as NetServer, type Socket } from 'node:net'
import type { Application } from '../contract.ts'
import { createServer } from '../node-http.ts'
import { parseRequestTarget, type RequestTarget } from '../request-target.ts'
import { Connection } from './connection.ts'
import { Exchange, type ExchangeServer } from './exchange.ts'
import { type ListenTarget, listen } from './listen.ts'
import { completeOptions, type ServerOptions } from './server-options.ts'

/** How long connections that idle when the server closes may still bring a request that is already under way. */
const idleGraceMs = 250
const hostName = /^(?:[\w.~-]*|\[[\da-f:.]+\])(?::\d{0,5})?$/i

/** A running server; `serve` makes it. */
export class Server {
  readonly #application: Application
  readonly #options: Required<ServerOptions>
  readonly #http: HttpServer
  readonly #connections = new Set<Connection>()
  readonly #exchangeServer: ExchangeServer
  readonly #target: ListenTarget
  #lastHost = ''
  #address: AddressInfo | string | null = null
  #closed: PromiseWithResolvers<void> | undefined
  #isDraining = false

  constructor(application: Application, target: ListenTarget, options: ServerOptions) {
    this.#application = application
    this.#target = target
    this.#options = completeOptions(options)
    const name = 'host' in target && !isWildcard(target.host) ? target.host : undefined
    this.#exchangeServer = { ...this.#options, name }
    this.#http = this.#createHttpServer()
  }

  /** Where it listens: an address and port, the path of the socket file, or null for `listener: false`. */
  get address(): AddressInfo | string | null {
    return this.#address
  }

  /** `http://127.0.0.1:8000`, without a slash at the end; `unix:/run/site.sock` for a socket file; `''` for `listener: false`. */
  get url(): string {
    if (this.#address === null) return ''
    if (typeof this.#address === 'string') return `unix:${this.#address}`
    const { address, port } = this.#address
    const host = isWildcard(address) ? 'localhost' : address.includes(':') ? `[${address}]` : address
    return `http://${host}:${port}`
  }

  /** @internal */
  async listen(): Promise<this> {
    if ('listener' in this.#target) {
      // Node starts to watch its time-outs when a server listens.
      this.#http.emit('listening')
    } else {
      await listen(this.#http, this.#target)
      this.#address = this.#http.address()
    }
    return this
  }

  /** Serves a connection that was accepted elsewhere: by a parent process, or by a test. */
  accept(socket: Socket): void {
    if (this.#isDraining) {
      socket.destroy()
      return
    }
    socket.allowHalfOpen = true
    this.#http.emit('connection', socket)
    socket.resume()
  }

  /**
   * Stops gracefully: takes no new connections, answers the requests that are there, and closes connections as they fall
   * idle. After `timeoutMs` (default 10 s) what is left is cut. Calling it again may shorten the time. Resolves when every
   * connection has ended.
   */
  close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    const { timeoutMs = 10_000 } = options
    const timer = setTimeout(() => this.#cut(timeoutMs), timeoutMs)
    if (this.#closed === undefined) {
      this.#closed = Promise.withResolvers()
      afterPoll(() => this.#drain())
    }
    return this.#closed.promise.finally(() => clearTimeout(timer))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #createHttpServer(): HttpServer {
    const { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs, maxHeaderBytes } = this.#options
    const headersTimeout = Math.min(headersTimeoutMs, requestTimeoutMs)
    const http = createServer({
      maxHeaderSize: maxHeaderBytes,
      headersTimeout,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(5_000, Math.max(20, headersTimeout / 4)),
      joinDuplicateHeaders: true,
      requireHostHeader: false,
      noDelay: true,
      optimizeEmptyRequests: true,
    })
    // Node would drop headers above a count in silence; their size is limited anyway.
    http.maxHeadersCount = 0
    ;(http as HttpServer & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true
    const onRequest = (request: IncomingMessage, response: ServerResponse): void => this.#onRequest(request, response)
    http.on('request', onRequest)
    http.on('checkContinue', onRequest)
    http.on('checkExpectation', (request, response) =>
      Connection.of(request.socket)?.refuseRequest(response, 417, 'the expectation is unknown'),
    )
    http.on('connection', (socket) => this.#onConnection(socket))
    http.on('clientError', (error: NodeJS.ErrnoException, socket) => onClientError(error, socket as Socket))
    http.on('error', (error) => {
      // Before the address is known it is the one that `listen` throws.
      if (this.#address !== null) this.#options.errors.write(`Server: ${error.stack}\n`)
    })
    http.on('connect', (request) => Connection.of(request.socket)?.refuse(501, 'this server is no proxy'))
    return http
  }

  #onConnection(socket: Socket): void {
    const connection = new Connection(socket, this.#options.halfCloseTimeoutMs)
    this.#connections.add(connection)
    if (this.#isDraining) connection.drain()
    socket.on('close', () => {
      this.#connections.delete(connection)
      if (this.#isDraining) this.#resolveWhenEmpty()
    })
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const connection = Connection.of(request.socket)
    if (connection === undefined || connection.isEnding) return
    const target = parseRequestTarget(request.url ?? '')
    const problem = this.#problemOf(request, target)
    if (problem !== undefined) connection.refuseRequest(response, problem.status, problem.reason)
    else if (target!.path === '*') response.writeHead(204).end()
    else new Exchange(request, response, target!, this.#exchangeServer, connection).run(this.#application)
  }

  #problemOf(
    request: IncomingMessage,
    target: RequestTarget | undefined,
  ): { status: number; reason: string } | undefined {
    // `OPTIONS *` asks the server itself whether it is there; no other method has that target.
    if (target === undefined || (target.path === '*' && request.method !== 'OPTIONS')) {
      return { status: 400, reason: 'the request target is malformed' }
    }
    const { headers } = request
    const host = headers.host
    if (host !== this.#lastHost) {
      if (host === undefined && request.httpVersion === '1.1') return { status: 400, reason: 'no Host header' }
      if (host !== undefined && !hostName.test(host)) return { status: 400, reason: 'the Host header is malformed' }
      this.#lastHost = host ?? ''
    }
    if (target.host !== undefined && !hostName.test(target.host))
      return { status: 400, reason: 'the host is malformed' }
    const length = headers['content-length']
    if (length !== undefined && Number(length) > this.#options.maxBodyBytes) {
      return { status: 413, reason: `at most ${this.#options.maxBodyBytes} bytes` }
    }
    const coding = headers['transfer-encoding']
    if (coding === undefined) return undefined
    if (request.httpVersion === '1.0') return { status: 400, reason: 'HTTP/1.0 has no Transfer-Encoding' }
    return coding.toLowerCase() === 'chunked' ? undefined : { status: 501, reason: 'unknown transfer coding' }
  }

  #drain(): void {
    this.#isDraining = true
    // Not the http server's close(): it destroys idle connections at once, and with them requests that are on the wire.
    if (this.#http.listening) NetServer.prototype.close.call(this.#http)
    for (const connection of this.#connections) connection.drain()
    setTimeout(() => afterPoll(() => this.#closeIdle()), idleGraceMs).unref()
    this.#resolveWhenEmpty()
  }

  #closeIdle(): void {
    for (const connection of this.#connections) connection.closeIfIdle()
  }

  #cut(timeoutMs: number): void {
    if (this.#connections.size > 0) {
      const count = this.#connections.size
      this.#options.errors.write(
        `Server stopped after ${timeoutMs} ms with ${count} connection${count === 1 ? '' : 's'} cut.\n`,
      )
    }
    for (const connection of this.#connections) connection.cut()
  }

  #resolveWhenEmpty(): void {
    if (this.#connections.size > 0) return
    // Stops node's watch over time-outs.
    this.#http.close()
    this.#closed?.resolve()
  }
}

/**
 * Serves an application over HTTP/1.1 and 1.0.
 *
 * ```ts
 * const server = await serve(application, { port: 8000 })
 * console.log(server.url)
 * process.once('SIGTERM', () => server.close({ timeoutMs: 10_000 }))
 * ```
 *
 * Throws `ListenError` where it cannot listen.
 */
export function serve(application: Application, target: ListenTarget, options: ServerOptions = {}): Promise<Server> {
  return new Server(application, target, options).listen()
}

/**
 * Calls `then` when this process has accepted every connection, and read every request, that has reached the system:
 * closing what seems idle before would reset them.
 */
function afterPoll(then: () => void): void {
  // The first may still run in the turn that is under way; between it and the second the loop polls.
  setImmediate(() => setImmediate(then))
}

function isWildcard(host: string | undefined): boolean {
  return host === undefined || host === '0.0.0.0' || host === '::'
}

function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  const connection = Connection.of(socket)
  const { code = '' } = error
  // What follows a request that asked to close is no concern of its response.
  if (code === 'HPE_CLOSED_CONNECTION') return
  if (connection === undefined) socket.destroy()
  else if (code === 'HPE_HEADER_OVERFLOW') connection.refuse(431, 'the headers are too large')
  else if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') connection.refuse(413, 'the chunk extensions are too large')
  else if (code === 'ERR_HTTP_REQUEST_TIMEOUT') connection.refuse(408, 'the request took too long')
  else if (code.startsWith('HPE_')) connection.refuse(400, 'this is not HTTP')
  else socket.destroy()
}
