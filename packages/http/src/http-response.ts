import { inspect } from 'node:util'
import type { Body, BodyChunk, HeaderList, StartResponse } from '@nuages/gateway'
import { attributesOfPrefix } from './cookie-prefix.ts'
import { ResponseError } from './errors.ts'
import { type CookieOptions, ResponseCookies } from './response-cookies.ts'
import { type HeadersInput, ResponseHeaders } from './response-headers.ts'
import { reasonPhrase, statusLine } from './status-line.ts'

/** What every kind of response takes besides its content. */
export interface ResponseOptions {
  /** 200 if left out. */
  readonly status?: number
  /** The reason phrase, if not the status's usual one. */
  readonly reason?: string
  /** The whole `Content-Type`; `text/html` in `charset` if left out. `''` sends none. */
  readonly contentType?: string
  readonly headers?: HeadersInput
  /** Of text content: `utf-8` if left out; also `latin1` and `utf-16le`. */
  readonly charset?: string
}

/** Text, bytes, or pieces of both that are joined at once. */
export type ResponseContent = BodyChunk | Iterable<BodyChunk>

/** A response with its content at hand. Django's `HttpResponse`; every other kind extends it. */
export class HttpResponse {
  readonly headers: ResponseHeaders
  readonly charset: string
  status: number
  #content: BodyChunk
  #reason: string | undefined
  #cookies: ResponseCookies | undefined

  /** Throws `BadHeaderError` where a header cannot be sent, `ResponseError` for a status or charset that does not exist. */
  constructor(content: ResponseContent = '', options: ResponseOptions = {}) {
    this.status = options.status ?? 200
    this.#reason = options.reason
    this.charset = options.charset ?? 'utf-8'
    this.headers = new ResponseHeaders(options.headers)
    this.#content = ''
    if (content !== '') this.content = content
    const type = options.contentType
    if (type !== undefined) {
      if (type !== '') this.headers.set('Content-Type', type)
    } else if (options.headers === undefined || !this.headers.has('Content-Type')) {
      const usual = this.defaultContentType()
      if (usual !== undefined) this.headers.append('Content-Type', usual)
    }
  }

  /** Whether the content is produced while it is sent, so that it cannot be read or changed. */
  get streaming(): boolean {
    return false
  }

  /** Django's `reason_phrase`. */
  get reason(): string {
    return this.#reason ?? reasonPhrase(this.status)
  }

  set reason(reason: string) {
    this.#reason = reason
  }

  /** The content as it was given, its pieces joined. */
  get content(): BodyChunk {
    return this.#content
  }

  set content(content: ResponseContent) {
    const whole = typeof content === 'string' || content instanceof Uint8Array ? content : joined(content, this.charset)
    this.#content = typeof whole === 'string' && this.charset !== 'utf-8' ? encoded(whole, this.charset) : whole
  }

  /** The content as text. */
  text(): string {
    const content = this.content
    return typeof content === 'string' ? content : new TextDecoder(this.charset).decode(content)
  }

  /** The content as it will be sent. */
  bytes(): Uint8Array {
    const content = this.content
    return typeof content === 'string' ? Buffer.from(content) : content
  }

  /** Sets a cookie, in place of one with the same name, domain and path. Throws `BadHeaderError` where it cannot be sent. */
  setCookie(name: string, value: string, options: CookieOptions = {}): void {
    this.#cookies ??= new ResponseCookies()
    this.#cookies.set(name, value, options)
  }

  /** Makes the browser forget a cookie. `domain`, `path` and what the name's prefix asks for must be as it was set. */
  deleteCookie(name: string, options: Omit<CookieOptions, 'maxAge' | 'expires'> = {}): void {
    const secure = options.sameSite === 'none'
    this.setCookie(name, '', { secure, ...attributesOfPrefix(name), ...options, maxAge: 0, expires: new Date(0) })
  }

  /** The `Set-Cookie` headers that `setCookie` and `deleteCookie` made. */
  setCookieHeaders(): string[] {
    return [...(this.#cookies?.lines() ?? [])]
  }

  /** Takes over the cookies that `other` sets, as when one response is answered in place of another. */
  copyCookies(other: HttpResponse): void {
    this.#cookies = other.#cookies
  }

  /** Hands the response to the gateway: starts it and returns its body. */
  send(startResponse: StartResponse): Body {
    const body = this.body()
    const { status } = this
    const bodiless = status === 204 || status === 304 || status < 200
    if (!bodiless && (typeof body === 'string' || body instanceof Uint8Array) && !this.headers.has('Content-Length')) {
      const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
      this.headers.append('Content-Length', String(length))
    }
    startResponse(statusLine(status, this.#reason), this.#headerList())
    return bodiless ? '' : body
  }

  [inspect.custom](): string {
    return `${this.constructor.name} { ${this.status} ${this.reason}, ${this.headers.get('Content-Type') ?? 'no content'} }`
  }

  /** What is sent. Kinds that stream give an iterable. */
  protected body(): Body {
    return this.#content
  }

  protected defaultContentType(): string | undefined {
    return this.charset === 'utf-8' ? 'text/html; charset=utf-8' : `text/html; charset=${this.charset}`
  }

  #headerList(): HeaderList {
    const headers = this.headers.toList()
    if (this.#cookies === undefined) return headers
    return [...headers, ...[...this.#cookies.lines()].map((line) => ['Set-Cookie', line] as const)]
  }
}

const nodeEncodings: Readonly<Record<string, BufferEncoding>> = {
  'utf-8': 'utf8',
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  'utf-16le': 'utf16le',
}

function encoded(text: string, charset: string): Uint8Array {
  const encoding = nodeEncodings[charset.toLowerCase()]
  if (encoding === undefined) {
    throw new ResponseError(
      `No encoder for the charset '${charset}'. It takes ${Object.keys(nodeEncodings).join(', ')}; for others, pass bytes.`,
    )
  }
  if (encoding === 'latin1' && /[^\0-\xff]/.test(text)) {
    throw new ResponseError(`The content has characters that '${charset}' has no bytes for. Send it as utf-8.`)
  }
  return Buffer.from(text, encoding)
}

function joined(pieces: Iterable<BodyChunk>, charset: string): Uint8Array {
  // untyped code, or data that was typed by a cast
  if (typeof (pieces as Partial<Iterable<BodyChunk>> | null)?.[Symbol.iterator] !== 'function') {
    throw new ResponseError(
      `The content of a response is text, bytes or pieces of both, not ${inspect(pieces, { depth: 0 })}.`,
      {
        hint: 'Data is sent with JsonResponse, an asynchronous iterator with StreamingHttpResponse; a promise is awaited first.',
      },
    )
  }
  return Buffer.concat(Array.from(pieces, (piece) => (typeof piece === 'string' ? encoded(piece, charset) : piece)))
}
