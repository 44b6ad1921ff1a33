/**
 * The gateway contract: PEP 3333 (WSGI) adapted to asynchronous JavaScript. `docs/gateway.md` is its prose, point by point.
 */

/** The request, in CGI's names (RFC 3875 §4.1) and PEP 3333's, with the `wsgi.` keys under `gateway.`. */
export interface Environ {
  readonly REQUEST_METHOD: string
  /** Where the application is mounted: `''` or a path that starts with `/` and does not end with one. Percent-decoded. */
  readonly SCRIPT_NAME: string
  /** The rest of the path, percent-decoded as UTF-8. A path that cannot be decoded never reaches an application. */
  readonly PATH_INFO: string
  /** Without the `?`, as sent; `''` where there is none. */
  readonly QUERY_STRING: string
  /** The request target as sent, before any decoding. */
  readonly REQUEST_URI?: string | undefined
  readonly CONTENT_TYPE?: string | undefined
  readonly CONTENT_LENGTH?: string | undefined
  readonly SERVER_NAME: string
  readonly SERVER_PORT: string
  readonly SERVER_PROTOCOL: string
  readonly REMOTE_ADDR?: string | undefined
  readonly REMOTE_PORT?: string | undefined
  /** A request header: `HTTP_` and its name in capitals with `-` as `_`. Repeated ones are joined with `, ` (`; ` for cookies). */
  readonly [header: `HTTP_${string}`]: string | undefined
  readonly 'gateway.version': readonly [number, number]
  readonly 'gateway.urlScheme': 'http' | 'https'
  /** The request body, which ends where its framing says. It may be read once. */
  readonly 'gateway.input': AsyncIterable<Uint8Array>
  /** Where an application writes what the operator should see. */
  readonly 'gateway.errors': { write(text: string): unknown }
  /** Whether other processes may run the same application at the same time. */
  readonly 'gateway.multiprocess': boolean
  /** Whether the application will be called once only in this process, as under CGI. */
  readonly 'gateway.runOnce': boolean
  /** Aborted, with a `RequestError` as the reason, when the client goes away or the server gives up on the request. */
  readonly 'gateway.signal': AbortSignal
}

/** Header names and values in the order they are sent; a name may stand twice (`Set-Cookie`). */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/**
 * Starts the response. `status` is code and reason (`'200 OK'`). Nothing is sent before the body's first chunk, so until
 * then a second call with `error` replaces the first (PEP 3333's `exc_info`); after that, it throws `error`.
 */
export type StartResponse = (status: string, headers: HeaderList, error?: unknown) => void

export type BodyChunk = string | Uint8Array

/**
 * A response body. Strings are sent as UTF-8. An iterable is read as fast as the client takes it, and no faster; one that
 * is not read to its end gets `return()`, and one that was never begun is disposed of, if it can be.
 */
export type Body = BodyChunk | Iterable<BodyChunk> | AsyncIterable<BodyChunk>

/** What a server calls, once for each request. */
export type Application = (environ: Environ, startResponse: StartResponse) => Body | Promise<Body>
