import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { RequestError } from '../errors.ts'
import { refusalBody, refusalFields, refusalMessage } from '../refusal.ts'
import type { Exchange } from './exchange.ts'
import { lingerBeforeDestroy } from './linger.ts'

const connection: unique symbol = Symbol('nuages.connection')

type TrackedSocket = Socket & { [connection]?: Connection }

/** One client connection and the requests on it that are not answered yet: more than one when they are pipelined. */
export class Connection {
  readonly socket: Socket
  readonly #exchanges: Exchange[] = []
  readonly #halfCloseTimeoutMs: number
  #pendingRefusal: { status: number; reason: string } | undefined
  #isRefused = false
  #isEnding = false
  #isDraining = false

  constructor(socket: Socket, halfCloseTimeoutMs: number) {
    this.socket = socket
    this.#halfCloseTimeoutMs = halfCloseTimeoutMs
    ;(socket as TrackedSocket)[connection] = this
    // Node remembers what it was asked once, and knows no address of a closed socket: who has gone is still counted by it.
    void socket.remoteAddress
    // Node takes its own listener away when a socket is handed over, as at CONNECT.
    socket.on('error', () => socket.destroy())
    socket.on('end', () => this.#onEnd())
    socket.on('close', () => this.#abortAll(new RequestError('client-gone')))
  }

  static of(socket: Socket): Connection | undefined {
    return (socket as TrackedSocket)[connection]
  }

  get isIdle(): boolean {
    return this.#exchanges.length === 0
  }

  /** Whether the response that is about to start is to be the last one. */
  get isClosing(): boolean {
    return this.#isDraining && this.#exchanges.length <= 1
  }

  /** Whether what still arrives is thrown away: the last response is under way, and nothing after it would be answered. */
  get isEnding(): boolean {
    return this.#isEnding
  }

  /** The response that is about to start, or to finish, is the last one. The client may still be sending. */
  end(): void {
    this.#isEnding = true
    lingerBeforeDestroy(this.socket)
  }

  add(exchange: Exchange): void {
    this.#exchanges.push(exchange)
  }

  remove(exchange: Exchange): void {
    const index = this.#exchanges.indexOf(exchange)
    if (index !== -1) this.#exchanges.splice(index, 1)
    if (this.#exchanges.length > 0) return
    const { response } = exchange
    // After a response that said it was the last, nothing may follow.
    if (response.headersSent && !response.shouldKeepAlive) this.#pendingRefusal = undefined
    if (this.#pendingRefusal) this.#sendRefusal()
    else if (this.#isDraining) response.once('finish', () => this.closeIfIdle())
  }

  /** From now on the connection ends after the requests that are on it. */
  drain(): void {
    this.#isDraining = true
  }

  closeIfIdle(): void {
    if (this.isIdle) this.socket.destroySoon()
  }

  /** Ends the connection now, whatever is on it. */
  cut(): void {
    this.#abortAll(new RequestError('server-closing'))
    this.socket.destroy()
  }

  /** Answers a request that never reaches the application. */
  refuseRequest(response: ServerResponse, status: number, reason: string): void {
    this.#isRefused = true
    this.end()
    const body = refusalBody(status, reason)
    response.writeHead(status, refusalFields(body)).end(body)
  }

  /** Answers bytes that are no request, after the responses that were asked for before them. */
  refuse(status: number, reason: string): void {
    if (this.#isRefused) return
    this.#isRefused = true
    this.#pendingRefusal = { status, reason }
    const last = this.#exchanges.at(-1)
    if (last === undefined) this.#sendRefusal()
    else if (!last.request.complete) this.#refuseBodyOf(last, status === 408 ? 'request-timeout' : 'body-malformed')
  }

  #refuseBodyOf(exchange: Exchange, code: 'request-timeout' | 'body-malformed'): void {
    const mayAnswer = this.#exchanges.length === 1 && !exchange.response.headersSent
    if (!mayAnswer) this.#pendingRefusal = undefined
    exchange.abort(new RequestError(code))
    if (!mayAnswer) this.socket.destroy()
  }

  #sendRefusal(): void {
    const refusal = this.#pendingRefusal
    this.#pendingRefusal = undefined
    if (!refusal || !this.socket.writable) return
    this.end()
    this.socket.write(refusalMessage(refusal.status, refusal.reason))
    this.socket.destroySoon()
  }

  #onEnd(): void {
    if (this.isIdle) return
    // A client may close its sending side and still read, or be gone altogether: TCP does not say which. So the response
    // is given some time, and then the client counts as gone.
    const timer = setTimeout(() => this.socket.destroy(), this.#halfCloseTimeoutMs)
    timer.unref()
    this.socket.once('close', () => clearTimeout(timer))
  }

  #abortAll(reason: RequestError): void {
    for (const exchange of [...this.#exchanges]) exchange.abort(reason)
  }
}
