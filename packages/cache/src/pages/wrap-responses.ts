import { type AnyView, wrapView } from '@nuages/core'
import { type HttpRequest, HttpResponse } from '@nuages/http'

/** Makes a view of a view. */
export type ViewWrapper = <V extends AnyView>(view: V) => V

/** A wrapper that changes the response of a view, at once where the view is synchronous. What is no response is let through. */
export function wrapResponses(change: (request: HttpRequest, response: HttpResponse) => HttpResponse): ViewWrapper {
  return <V extends AnyView>(view: V): V => {
    const changed = (request: HttpRequest, response: unknown) =>
      response instanceof HttpResponse ? change(request, response) : response
    const wrapped = (...args: never[]) => {
      const request = args[0] as unknown as HttpRequest
      const response = view(...args)
      return response instanceof Promise ? response.then((late) => changed(request, late)) : changed(request, response)
    }
    return wrapView(view, wrapped as V)
  }
}
