import { fromSettings } from '../settings/active-settings.ts'
import { type Middleware, mapResponse } from './middleware.ts'

const headerName = fromSettings(({ requestIdHeader }) => requestIdHeader || '')

/** What may stand in a log line, and in one of another program, without being taken for something else. */
const wellFormed = /^[\w.:=@+-]{1,128}$/

/**
 * Gives the answer the `id` of its request, by which it is found in the log. A proxy in front that is one of `trustedProxies`
 * may have given it; what anybody else says is passed over.
 */
export const requestIdMiddleware: Middleware = Object.assign(
  function requestIdMiddleware(request, next) {
    const name = headerName()
    if (request.isFromTrustedProxy) {
      const given = request.headers.get(name)
      if (given !== undefined && wellFormed.test(given)) request.id = given
    }
    return mapResponse(next(request), (response) => {
      response.headers.set(name, request.id)
      return response
    })
  } satisfies Middleware,
  { isUsed: ({ requestIdHeader }) => requestIdHeader !== false } satisfies Pick<Middleware, 'isUsed'>,
)
