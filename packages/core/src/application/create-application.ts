import type { Application, Body, StartResponse } from '@nuages/gateway'
import { HttpRequest, type HttpResponse } from '@nuages/http'
import { withScriptPrefix } from '@nuages/urls'
import { setup } from '../apps/setup.ts'
import { activeMiddleware } from '../middleware/active-middleware.ts'
import type { Next } from '../middleware/middleware.ts'
import { withSecurityHeaders } from '../middleware/security-middleware.ts'
import type { Settings } from '../settings/settings.ts'
import { requestFinished, requestStarted } from '../signals/request-signals.ts'
import { viewCaller } from './call-view.ts'
import { closeRequest, closingWith } from './close-request.ts'
import { composeMiddleware } from './compose-middleware.ts'
import { errorResponder, plainResponse } from './error-responder.ts'
import { logFailure, noteFailure } from './failures.ts'
import { requestPolicy } from './request-policy.ts'

/**
 * Sets the project up and returns its gateway application: request, middleware, URLconf, view, response. Everything that
 * does not depend on the request is worked out here. Throws what `setup()` throws; the application itself throws only what
 * a receiver of `requestStarted` or `requestFinished` does.
 */
export async function createApplication(settings: Settings): Promise<Application> {
  const { urlconf } = await setup(settings)
  const respond = errorResponder(settings, urlconf)
  const middleware = activeMiddleware()
  const processViews = middleware.flatMap((layer) => layer.processView ?? [])
  const handle = composeMiddleware(middleware, viewCaller(urlconf.resolver, processViews), respond)
  const policy = requestPolicy(settings)

  return (environ, startResponse) => {
    const request = new HttpRequest(environ, policy)
    if (environ.SCRIPT_NAME === '') return answer(request, handle, startResponse)
    return withScriptPrefix(environ.SCRIPT_NAME, () => answer(request, handle, startResponse))
  }
}

function answer(request: HttpRequest, handle: Next, startResponse: StartResponse): Body | Promise<Body> {
  if (requestStarted.hasReceivers || requestFinished.hasReceivers) return observed(request, handle, startResponse)
  const response = handle(request)
  return response instanceof Promise
    ? response.then((late) => send(request, late, startResponse))
    : send(request, response, startResponse)
}

/** The same with its signals, which may be waited for. */
async function observed(request: HttpRequest, handle: Next, startResponse: StartResponse): Promise<Body> {
  const started = performance.now()
  try {
    await requestStarted.send(request)
    const response = await handle(request)
    const body = await send(request, response, startResponse)
    await requestFinished.send({ request, response, duration: performance.now() - started })
    return body
  } catch (error) {
    await closeRequest(request)
    throw error
  }
}

function send(request: HttpRequest, response: HttpResponse, startResponse: StartResponse): Body | Promise<Body> {
  if (response.status >= 400) logFailure(request, response.status)
  return closingWith(request, started(request, response, startResponse))
}

function started(request: HttpRequest, response: HttpResponse, startResponse: StartResponse): Body {
  try {
    return response.send(startResponse)
  } catch (error) {
    // A header or status that cannot be sent is found out here, past every layer that could have answered.
    noteFailure(request, error)
    logFailure(request, 500)
    return withSecurityHeaders(request, plainResponse(request, 500)).send((status, headers) =>
      startResponse(status, headers, error),
    )
  }
}
