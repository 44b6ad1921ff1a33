import type { IncomingMessage } from 'node:http'
import { inspect } from 'node:util'
import type { Environ } from '../contract.ts'
import { environNameOfHeader, headerOfEnvironName } from '../environ-name.ts'
import type { RequestTarget } from '../request-target.ts'
import { headerEnvironNames, toPlainEnviron } from '../to-plain-environ.ts'

/** What the names of an environ are read from. */
export interface EnvironSource {
  readonly request: IncomingMessage
  readonly target: RequestTarget
  readonly input: AsyncIterable<Uint8Array>
  readonly signal: AbortSignal
  readonly server: {
    readonly name: string | undefined
    readonly errors: Environ['gateway.errors']
    readonly multiprocess: boolean
  }
}

const source: unique symbol = Symbol('nuages.environSource')
const version = Object.freeze([1, 0] as const)
const mappedAddress = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : undefined
}

// Answers the names that no getter below stands for: the headers that are not among the well-known ones.
const otherHeaders = new Proxy(Object.create(null) as object, {
  get(_, key, receiver: NodeEnviron) {
    if (typeof key !== 'string') return undefined
    const name = headerOfEnvironName(key)
    return name === undefined ? undefined : header(receiver[source].request, name)
  },
  has: () => false,
})

/**
 * The environ of the node server. Its names are getters over the socket's request, so what nobody reads costs nothing.
 * They work through `Object.create(environ)` too, which is how `withEnviron` derives one.
 */
class NodeEnviron {
  readonly [source]: EnvironSource

  constructor(from: EnvironSource) {
    this[source] = from
  }

  get REQUEST_METHOD(): string {
    return this[source].request.method ?? ''
  }
  get SCRIPT_NAME(): string {
    return ''
  }
  get PATH_INFO(): string {
    return this[source].target.path
  }
  get QUERY_STRING(): string {
    return this[source].target.query
  }
  get REQUEST_URI(): string {
    return this[source].request.url ?? ''
  }
  get CONTENT_TYPE(): string | undefined {
    return this[source].request.headers['content-type']
  }
  get CONTENT_LENGTH(): string | undefined {
    return this[source].request.headers['content-length']
  }
  get SERVER_NAME(): string {
    return this[source].server.name ?? plainAddress(this[source].request.socket.localAddress) ?? 'localhost'
  }
  get SERVER_PORT(): string {
    return String(this[source].request.socket.localPort ?? 80)
  }
  get SERVER_PROTOCOL(): string {
    return `HTTP/${this[source].request.httpVersion}`
  }
  get REMOTE_ADDR(): string | undefined {
    return plainAddress(this[source].request.socket.remoteAddress)
  }
  get REMOTE_PORT(): string | undefined {
    const port = this[source].request.socket.remotePort
    return port === undefined ? undefined : String(port)
  }
  get HTTP_HOST(): string | undefined {
    return this[source].target.host ?? this[source].request.headers.host
  }
  get HTTP_ACCEPT(): string | undefined {
    return header(this[source].request, 'accept')
  }
  get HTTP_ACCEPT_ENCODING(): string | undefined {
    return header(this[source].request, 'accept-encoding')
  }
  get HTTP_ACCEPT_LANGUAGE(): string | undefined {
    return header(this[source].request, 'accept-language')
  }
  get HTTP_COOKIE(): string | undefined {
    return header(this[source].request, 'cookie')
  }
  get HTTP_IF_MATCH(): string | undefined {
    return header(this[source].request, 'if-match')
  }
  get HTTP_IF_UNMODIFIED_SINCE(): string | undefined {
    return header(this[source].request, 'if-unmodified-since')
  }
  get HTTP_IF_MODIFIED_SINCE(): string | undefined {
    return header(this[source].request, 'if-modified-since')
  }
  get HTTP_IF_NONE_MATCH(): string | undefined {
    return header(this[source].request, 'if-none-match')
  }
  get HTTP_USER_AGENT(): string | undefined {
    return header(this[source].request, 'user-agent')
  }
  get 'gateway.version'(): readonly [number, number] {
    return version
  }
  get 'gateway.urlScheme'(): 'http' {
    return 'http'
  }
  get 'gateway.input'(): AsyncIterable<Uint8Array> {
    return this[source].input
  }
  get 'gateway.errors'(): Environ['gateway.errors'] {
    return this[source].server.errors
  }
  get 'gateway.multiprocess'(): boolean {
    return this[source].server.multiprocess
  }
  get 'gateway.runOnce'(): boolean {
    return false
  }
  get 'gateway.signal'(): AbortSignal {
    return this[source].signal
  }
  get [headerEnvironNames](): string[] {
    const names = Object.keys(this[source].request.headers).map(environNameOfHeader)
    return names.filter((name) => name !== undefined)
  }
  [inspect.custom](): object {
    return toPlainEnviron(this as unknown as Environ)
  }
}

Object.setPrototypeOf(NodeEnviron.prototype, otherHeaders)

function plainAddress(address: string | undefined): string | undefined {
  return address?.replace(mappedAddress, '')
}

export function createNodeEnviron(from: EnvironSource): Environ {
  return new NodeEnviron(from) as unknown as Environ
}
