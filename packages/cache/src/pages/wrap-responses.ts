import { wrapView } from '@nuages/core'
import { type HttpRequest, HttpResponse } from '@nuages/http'

/** A view: a function, or what `asView()` gives. */
export type WrappableView = (request: HttpRequest, ...params: never[]) => HttpResponse | Promise<HttpResponse>

/** Makes a view of a view. */
export type ViewWrapper = <V extends WrappableView>(view: V) => V

/** A wrapper that changes the response of a view, at once where the view is synchronous. What is no response is let through. */
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
