import { randomBytes, randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import type { Environ } from '@nuages/gateway'
import Negotiator from 'negotiator'
import type { output, ZodType } from 'zod'
import { BadRequest, BodyAlreadyRead } from './errors.ts'
import { acceptedHost, portIn } from './host.ts'
import { parseJson } from './json-body.ts'
import { parseMediaType } from './media-type.ts'
import { parseCookies } from './parse-cookies.ts'
import { type ForwardedRequest, readForwarded } from './proxies/forwarded-request.ts'
import { QueryDict } from './query-dict.ts'
import { RequestBody } from './request-body.ts'
import type { RequestForm } from './request-form.ts'
import { RequestHeaders } from './request-headers.ts'
import { defaultRequestPolicy, type RequestPolicy } from './request-policy.ts'
import type { FileUploadHandler } from './uploads/file-upload-handler.ts'
import { uploadHandlersFor } from './uploads/upload-handlers-for.ts'
import { escapePath, escapeQuery } from './uri.ts'

/** What the URLconf found for a request. `urls` adds the members it fills in by declaration merging. */
export interface RequestMatch {
  /** The pattern as written, with the prefixes of its includes. */
  readonly route: string
}

/**
 * What installed apps hang on every request, such as `session` and `user`. They augment this interface, which the class
 * takes in, so that a request that is made with `new` has them as well.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it exists to be augmented
export interface RequestExtensions {}

export interface HttpRequest extends RequestExtensions {}

/**
 * One request, over the gateway's environ. Nothing is parsed before it is read. Middleware hangs what it knows on the
 * request, typed by declaration merging:
 *
 * ```ts
 * declare module 'nuages/http' {
 *   interface HttpRequest { user: User }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: what apps declare, their middleware sets
export class HttpRequest {
  /** What the server said about the request, in the gateway contract's names. Django's `request.META`. */
  readonly environ: Environ
  /** Set when the URLconf has been searched. */
  resolverMatch: RequestMatch | undefined
  readonly #policy: RequestPolicy
  #query: QueryDict | undefined
  #headers: RequestHeaders | undefined
  #cookies: ReadonlyMap<string, string> | undefined
  #body: RequestBody | undefined
  #uploadHandlers: FileUploadHandler[] | undefined
  #forwarded: ForwardedRequest | undefined
  #id: string | undefined
  #cspNonce: string | undefined

  constructor(environ: Environ, policy: RequestPolicy = defaultRequestPolicy) {
    this.environ = environ
    this.#policy = policy
  }

  /** Names the request in the log and to its client: `requestIdMiddleware` takes it from a trusted proxy that has given one. */
  get id(): string {
    this.#id ??= randomUUID()
    return this.#id
  }

  set id(id: string) {
    this.#id = id
  }

  /**
   * What an inline script or style of the answer says it is allowed by (`<script nonce="…">`). It is made when it is first
   * read, and the Content-Security-Policy names it only then. Django's `request.csp_nonce`.
   */
  get cspNonce(): string {
    this.#cspNonce ??= randomBytes(16).toString('base64url')
    return this.#cspNonce
  }

  /** The nonce, where somebody has read it. */
  get usedCspNonce(): string | undefined {
    return this.#cspNonce
  }

  get method(): string {
    return this.environ.REQUEST_METHOD
  }

  get isHead(): boolean {
    return this.environ.REQUEST_METHOD === 'HEAD'
  }

  /** The whole path, decoded: where the application is mounted, and the rest. */
  get path(): string {
    const mount = this.environ.SCRIPT_NAME
    return mount === '' ? this.pathInfo : mount + this.environ.PATH_INFO
  }

  /** The path below where the application is mounted, decoded: what the URLconf matches. */
  get pathInfo(): string {
    return this.environ.PATH_INFO || '/'
  }

  /** Path and query, escaped for use in a URL: it never leads to another host. Django's `get_full_path()`. */
  get fullPath(): string {
    const full = this.#afterHost()
    // A browser reads '//evil.example' in a link, a form or a redirect as another host.
    return full.startsWith('//') ? `/%2F${full.slice(2)}` : full
  }

  /** The fields of the query string. Django's `request.GET`. Throws `BadRequest` where it is malformed. */
  get query(): QueryDict {
    this.#query ??= QueryDict.parse(this.environ.QUERY_STRING, this.#policy.maxFields)
    return this.#query
  }

  get headers(): RequestHeaders {
    this.#headers ??= new RequestHeaders(this.environ)
    return this.#headers
  }

  /** The cookies by name; where a name came twice, the first, as browsers send the most specific path first. */
  get cookies(): ReadonlyMap<string, string> {
    this.#cookies ??= parseCookies(this.environ.HTTP_COOKIE ?? '')
    return this.#cookies
  }

  /**
   * From here on the request has no cookies: for who proved by other means who they are, and is not to act with what a browser
   * sent along on its own.
   */
  dropCookies(): void {
    this.#cookies = new Map()
  }

  /** The media type of the body in lower case, without parameters; `''` where there is none. */
  get contentType(): string {
    return parseMediaType(this.environ.CONTENT_TYPE).essence
  }

  /** Aborted when the client goes away or the server gives up. */
  get signal(): AbortSignal {
    return this.environ['gateway.signal']
  }

  /**
   * The address of the client: what the project's trusted proxies say, else the peer's, as Django's `REMOTE_ADDR`. `''` where
   * there is none, as behind a unix socket whose proxy is not trusted.
   */
  get clientAddress(): string {
    return this.#proxied()?.address ?? this.environ.REMOTE_ADDR ?? ''
  }

  /** Whether the peer of the connection is one of the project's trusted proxies, so that its headers may be believed. */
  get isFromTrustedProxy(): boolean {
    return this.#proxied()?.isTrusted ?? false
  }

  /** The scheme the client used, as far as the project's proxies tell. */
  get scheme(): 'http' | 'https' {
    const trusted = this.#policy.secureProxyHeader
    if (trusted !== undefined) {
      const value = this.headers.get(trusted[0])
      if (value !== undefined) return value.split(',', 1)[0]!.trim() === trusted[1] ? 'https' : 'http'
    }
    return this.#proxied()?.scheme ?? this.environ['gateway.urlScheme']
  }

  get isSecure(): boolean {
    return this.scheme === 'https'
  }

  /**
   * The host the client asked for, with its port where it named one. Django's `get_host()`. Throws `DisallowedHost` where it
   * is malformed or not one of the project's.
   */
  get host(): string {
    return acceptedHost(this.#rawHost(), this.#policy.allowedHosts)
  }

  /** The port the client connected to, as far as host and proxies tell. Django's `get_port()`. */
  get port(): number {
    const proxied = this.#proxied()
    const stated = proxied?.port ?? portIn(this.#rawHost())
    if (stated !== undefined) return Number(stated)
    return proxied?.isTrusted ? usualPort(this.scheme) : Number(this.environ.SERVER_PORT)
  }

  /** An absolute URL on this request's host: of `location`, relative to the request's path, or of the request itself. */
  buildAbsoluteUri(location?: string): string {
    const origin = `${this.scheme}://${this.host}`
    if (location === undefined) return origin + this.#afterHost()
    const base = origin + escapePath(this.path)
    if (!URL.canParse(location, base)) throw new BadRequest(`Not a URL or a path: '${location.slice(0, 100)}'.`)
    return new URL(location, base).href
  }

  /** Whether the client takes the media type: `request.accepts('application/json')`. */
  accepts(mediaType: string): boolean {
    return this.preferredType([mediaType]) !== undefined
  }

  /** The one of `mediaTypes` the client likes best (RFC 9110 §12.5.1), none if it takes none. Django's `get_preferred_type`. */
  preferredType<const Type extends string>(mediaTypes: readonly Type[]): Type | undefined {
    const accept = this.environ.HTTP_ACCEPT
    if (accept === undefined || accept === '') return mediaTypes[0]
    return new Negotiator({ headers: { accept: readable(accept) } }).mediaType(mediaTypes) as Type | undefined
  }

  /** The body. It is read once and kept. Throws `RequestDataTooBig` above the project's limit. */
  bytes(): Promise<Uint8Array> {
    return this.#readableBody().bytes()
  }

  /** The body as text, in the charset of its `Content-Type`, else UTF-8. Throws `BadRequest` where it is not. */
  text(): Promise<string> {
    return this.#readableBody().text()
  }

  /**
   * The body as JSON (RFC 8259), checked by `schema` where one is given. Throws `BadRequest` where it is not JSON, does not fit
   * (its `cause` is the parser's or zod's error) or holds a NUL or half a surrogate pair, and `TooDeeplyNested`.
   */
  json(): Promise<unknown>
  json<Schema extends ZodType>(schema: Schema): Promise<output<Schema>>
  async json(schema?: ZodType): Promise<unknown> {
    const value = parseJson(await this.text(), this.#policy.maxNesting)
    if (schema === undefined) return value
    const result = await schema.safeParseAsync(value)
    if (result.success) return result.data
    const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
    throw new BadRequest(`The JSON body does not fit: ${problems.join('; ')}`, { cause: result.error })
  }

  /**
   * The fields and files of a form, urlencoded or multipart; both empty for any other body. Throws `BadRequest` where it is
   * malformed, `RequestDataTooBig`, `TooManyFieldsSent` or `TooManyFilesSent` above the project's limits.
   */
  form(): Promise<RequestForm> {
    return this.#readableBody().form(() => this.uploadHandlers)
  }

  /**
   * What becomes of the files of the form, one after the other: the setting `uploadHandlers`, until a view changes the list
   * before the form is read. Throws `BodyAlreadyRead` after that. Django's `upload_handlers`.
   */
  get uploadHandlers(): FileUploadHandler[] {
    this.#uploadHandlers ??= uploadHandlersFor(this, this.#policy)
    return this.#uploadHandlers
  }

  set uploadHandlers(handlers: readonly FileUploadHandler[]) {
    if (this.#body?.isTaken) {
      throw new BodyAlreadyRead('The upload handlers cannot be set: the form has been read.', {
        hint: 'The CSRF check reads forms too. Send the token in a header, or set the handlers in a middleware before it.',
      })
    }
    this.#uploadHandlers = [...handlers]
  }

  /** Whether a form was asked for that may have files, so that `close()` may have something to do. */
  get mayHaveFiles(): boolean {
    return this.#body?.mayHaveFiles ?? false
  }

  /**
   * Removes the temporary files of the form. Whoever made the request calls it when the answer is complete; `undefined` where
   * there was nothing to do. Django's `close()`.
   */
  close(): Promise<unknown> | undefined {
    return this.#body?.close()
  }

  /** The body as it arrives, for bodies too large to hold. It can be taken once, in place of the other readers. */
  stream(): AsyncIterable<Uint8Array> {
    return this.#readableBody().stream()
  }

  [inspect.custom](): string {
    return `${this.constructor.name} { ${this.method} ${this.fullPath} }`
  }

  #afterHost(): string {
    const query = this.environ.QUERY_STRING
    return query === '' ? escapePath(this.path) : `${escapePath(this.path)}?${escapeQuery(query)}`
  }

  #readableBody(): RequestBody {
    this.#body ??= new RequestBody(this.environ, this.#policy)
    return this.#body
  }

  #rawHost(): string {
    const { HTTP_HOST, HTTP_X_FORWARDED_HOST, SERVER_NAME, SERVER_PORT } = this.environ
    if (this.#policy.useForwardedHost && HTTP_X_FORWARDED_HOST !== undefined) {
      return HTTP_X_FORWARDED_HOST.split(',', 1)[0]!.trim()
    }
    const proxied = this.#proxied()
    if (proxied?.host !== undefined) return this.#withPort(proxied.host, proxied.port)
    return HTTP_HOST ?? this.#withPort(SERVER_NAME, SERVER_PORT)
  }

  #withPort(host: string, port: string | undefined): string {
    const isUsual = port === undefined || Number(port) === usualPort(this.scheme)
    return isUsual || portIn(host) !== undefined ? host : `${host}:${port}`
  }

  /** What trusted proxies say; `undefined` where the project has none. */
  #proxied(): ForwardedRequest | undefined {
    const { trustedProxies } = this.#policy
    if (trustedProxies !== undefined) this.#forwarded ??= readForwarded(this.environ, trustedProxies)
    return this.#forwarded
  }
}

/** As much of an `Accept` as any client has to say: to weigh thousands of types takes longer than most pages do. */
function readable(accept: string): string {
  return accept.length <= longestAccept ? accept : accept.slice(0, Math.max(accept.lastIndexOf(',', longestAccept), 0))
}

const longestAccept = 1024

function usualPort(scheme: string): number {
  return scheme === 'https' ? 443 : 80
}
