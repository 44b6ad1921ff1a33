import { type WrappableView, wrapResponses } from '@nuages/core'
import { conditionalResponse, setEntityTag } from '@nuages/http'

/**
 * A view whose answers have an ETag, and are 304 where the client holds the same already: what `conditionalGetMiddleware` does
 * for all views. Django's `conditional_page`.
 */
export function conditionalPage<V extends WrappableView>(view: V): V {
  return wrapResponses((request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      if (response.status === 200) setEntityTag(response)
      return conditionalResponse(request, response)
    }
    return response
  })(view)
}
