import { type ViewWrapper, type WrappableView, wrapResponses } from '@nuages/core'
import { patchVaryHeaders } from '@nuages/http'

/** Has the answers of a view say that they depend on headers of the request. Django's `vary_on_headers`. */
export function varyOnHeaders(...names: readonly string[]): ViewWrapper {
  return wrapResponses((_request, response) => {
    patchVaryHeaders(response, names)
    return response
  })
}

/** Has the answers of a view say that they depend on who asks. Django's `vary_on_cookie`. */
export function varyOnCookie<V extends WrappableView>(view: V): V {
  return varyOnHeaders('Cookie')(view)
}
