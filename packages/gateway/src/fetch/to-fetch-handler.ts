import { answer, refuse } from '../answer.ts'
import type { Application, Environ } from '../contract.ts'
import { RequestError } from '../errors.ts'
import { fetchEnviron } from './fetch-environ.ts'
import { FetchInput } from './fetch-input.ts'
import { FetchResponse } from './fetch-response.ts'

/** How requests of a Fetch-API runtime are handed to an application. `Rest` is what the runtime passes besides the request. */
export interface FetchOptions<Rest extends readonly unknown[] = readonly unknown[]> {
  /** The address of the peer, for `REMOTE_ADDR`, where the runtime tells it: `(request, info) => info.remoteAddr.hostname`. */
  readonly remoteAddress?: (request: Request, ...rest: Rest) => string | undefined
  /** A body that is larger is answered 413. Default 100 MiB. */
  readonly maxBodyBytes?: number
  /** `gateway.errors`. Default: standard error. */
  readonly errors?: Environ['gateway.errors']
  /** `gateway.multiprocess`. Default true: runtimes run as many copies as they like. */
  readonly multiprocess?: boolean
}

const version = Object.freeze([1, 0] as const)

/**
 * An application as a function from a `Request` to a `Response`, for what speaks the Fetch API: `Deno.serve`, `Bun.serve`,
 * `export default { fetch }`, a test without a socket. Both bodies are streamed; a client that goes away, or a body that is
 * cancelled, aborts `gateway.signal`. The function never rejects.
 *
 * ```ts
 * export default { fetch: toFetchHandler(application) }
 * ```
 */
export function toFetchHandler<Rest extends readonly unknown[]>(
  application: Application,
  options: FetchOptions<Rest> = {},
): (request: Request, ...rest: Rest) => Promise<Response> {
  const { maxBodyBytes = 100 * 1024 * 1024, errors = process.stderr, multiprocess = true } = options
  return (request, ...rest) => {
    const controller = new AbortController()
    const leave = (): void => controller.abort(new RequestError('client-gone'))
    const sink = new FetchResponse(request.method, leave)
    const url = new URL(request.url)
    const environ = fetchEnviron(request, url, options.remoteAddress?.(request, ...rest))
    const length = Number(request.headers.get('content-length') ?? 0)
    if (environ === undefined) void refuse(sink, request.method, 400, 'the path is malformed')
    else if (length > maxBodyBytes) void refuse(sink, request.method, 413, `at most ${maxBodyBytes} bytes`)
    else {
      if (request.signal.aborted) leave()
      request.signal.addEventListener('abort', leave, { once: true })
      const complete = {
        ...environ,
        'gateway.version': version,
        'gateway.urlScheme': url.protocol === 'https:' ? 'https' : 'http',
        'gateway.input': new FetchInput(request, maxBodyBytes, controller.signal),
        'gateway.errors': errors,
        'gateway.multiprocess': multiprocess,
        'gateway.runOnce': false,
        'gateway.signal': controller.signal,
      }
      const over = (): void => request.signal.removeEventListener('abort', leave)
      void answer(application, complete as unknown as Environ, sink).finally(over)
    }
    return sink.response
  }
}
