import { fromSettings } from '../settings/active-settings.ts'
import type { Middleware } from './middleware.ts'
import { middlewareOf } from './middleware-steps.ts'

const headerName = fromSettings(({ requestIdHeader }) => requestIdHeader || '')

/** What may stand in a log line, and in one of another program, without being taken for something else. */
const wellFormed = /^[\w.:=@+-]{1,128}$/

/**
 * Gives the answer the `id` of its request, by which it is found in the log. A proxy in front that is one of `trustedProxies`
 * may have given it; what anybody else says is passed over.
 */
export const requestIdMiddleware: Middleware = middlewareOf(
  'requestIdMiddleware',
  {
    before(request) {
      if (!request.isFromTrustedProxy) return undefined
      const given = request.headers.get(headerName())
      if (given !== undefined && wellFormed.test(given)) request.id = given
      return undefined
    },
    after(request, response) {
      response.headers.set(headerName(), request.id)
      return response
    },
  },
  { isUsed: ({ requestIdHeader }) => requestIdHeader !== false },
)
