import { wrapView } from '@nuages/core'
import { type HttpRequest, type HttpResponse, HttpResponseNotAllowed } from '@nuages/http'

type AnyView<P extends readonly unknown[]> = (
  request: HttpRequest,
  ...params: P
) => HttpResponse | Promise<HttpResponse>

/**
 * Makes a view answer these methods only; others get 405. The wrapped view keeps the types of its parameters:
 * `export const save = requireHttpMethods(['GET', 'POST'])(saveView)`. Django's `require_http_methods`.
 */
export function requireHttpMethods(
  allowed: readonly string[],
): <P extends readonly unknown[]>(view: AnyView<P>) => AnyView<P> {
  const methods = new Set(allowed.map((method) => method.toUpperCase()))
  return (view) => {
    const guarded: typeof view = (request, ...params) =>
      methods.has(request.method) ? view(request, ...params) : new HttpResponseNotAllowed([...methods])
    return wrapView(view, guarded)
  }
}

/** Makes a view answer GET alone. */
export const requireGet: <P extends readonly unknown[]>(view: AnyView<P>) => AnyView<P> = requireHttpMethods(['GET'])

/** Makes a view answer POST alone. */
export const requirePost: <P extends readonly unknown[]>(view: AnyView<P>) => AnyView<P> = requireHttpMethods(['POST'])

/** Makes a view answer GET and HEAD, which change nothing. */
export const requireSafe: <P extends readonly unknown[]>(view: AnyView<P>) => AnyView<P> = requireHttpMethods([
  'GET',
  'HEAD',
])
