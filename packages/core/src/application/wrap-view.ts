import { type HttpRequest, HttpResponse } from '@nuages/http'

/** A view, whatever its parameters. */
export type AnyView = (...args: never[]) => unknown

/** A view that can be wrapped: a function, or what `asView()` gives. */
export type WrappableView = (request: HttpRequest, ...params: never[]) => HttpResponse | Promise<HttpResponse>

/** Makes a view of a view, which stays synchronous where it is. */
export type ViewWrapper = <V extends WrappableView>(view: V) => V

/** A view that has become asynchronous. It takes what `V` takes, and keeps the class of one that `asView()` made. */
export type AsyncView<V extends WrappableView> = ((...args: Parameters<V>) => Promise<HttpResponse>) & {
  readonly [K in keyof V]: V[K]
}

/**
 * Makes `wrapper` stand for `view`: it takes over its name, its class, and what it is marked with, as by `csrfExempt`. Every
 * function that makes a view of a view returns its result through it. What Django does with `functools.wraps`.
 */
export function wrapView<V extends AnyView>(view: AnyView, wrapper: V): V {
  for (const key of Reflect.ownKeys(view)) {
    if (key !== 'length' && key !== 'prototype') {
      Object.defineProperty(wrapper, key, Object.getOwnPropertyDescriptor(view, key)!)
    }
  }
  return wrapper
}

/**
 * A wrapper that changes the response of a view, at once where the view is synchronous. What is no response is let through.
 *
 * ```ts
 * export const unlisted = wrapResponses((_request, response) => {
 *   response.headers.set('X-Robots-Tag', 'noindex')
 *   return response
 * })
 * ```
 */
export function wrapResponses(change: (request: HttpRequest, response: HttpResponse) => HttpResponse): ViewWrapper {
  return <V extends WrappableView>(view: V): V => {
    const changed = (request: HttpRequest, response: unknown) =>
      response instanceof HttpResponse ? change(request, response) : response
    const wrapped = (request: HttpRequest, ...params: never[]) => {
      const response: unknown = view(request, ...params)
      return response instanceof Promise ? response.then((late) => changed(request, late)) : changed(request, response)
    }
    return wrapView(view, wrapped as unknown as V)
  }
}
