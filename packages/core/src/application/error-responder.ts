import { HttpError, type HttpRequest, HttpResponse, reasonPhrase } from '@nuages/http'
import { PrintedNonce } from '../csp/printed-nonce.ts'
import { debugErrorResponse, debugNotFoundResponse } from '../debug/debug-responses.ts'
import { pageResponse } from '../debug/page.ts'
import { plainPage, plainText, textResponse } from '../debug/plain-page.ts'
import { logger } from '../log/logger.ts'
import { printable } from '../log/printable.ts'
import type { Settings } from '../settings/settings.ts'
import { renderTemplate } from '../templates/render-template.ts'
import { templateEngine } from '../templates/template-engine.ts'
import type { ErrorResponder } from './compose-middleware.ts'
import { errorStatus, thrownError } from './error-status.ts'
import { isAbandoned, noteFailure } from './failures.ts'
import { invalidResponse } from './invalid-response.ts'
import type { HandledStatus, Urlconf } from './load-urlconf.ts'
import { reportFailure } from './report-failure.ts'

/**
 * Makes the function that turns errors into responses: the debug pages while `debug` is on, else the project's handler,
 * else its template (`404.html`), else a plain page. What goes wrong on the way is logged and answered with the plain page.
 */
export function errorResponder(settings: Settings, urlconf: Urlconf): ErrorResponder {
  return async (request, error) => {
    noteFailure(request, error)
    if (isAbandoned(request, error)) return plainResponse(request, 400)
    const status = errorStatus(error)
    const response = await certainAnswer(request, error, status)
    const thrown = thrownError(error)
    if (thrown instanceof HttpError) for (const header of thrown.headers) response.headers.setDefault(...header)
    // What is wrong now is not to be shown when it is right again, nor an error of one visitor to others.
    response.headers.setDefault('Cache-Control', 'no-store')
    return response
  }

  async function certainAnswer(request: HttpRequest, error: unknown, status: number): Promise<HttpResponse> {
    try {
      if (status === 500) await reportFailure(request, error)
      return await answer(request, error, status)
    } catch (problem) {
      const { id, method, path } = request
      logger.error({ err: problem, id, method, path: printable(path) }, `Answering an error with ${status} failed.`)
      return plainResponse(request, status)
    }
  }

  async function answer(request: HttpRequest, error: unknown, status: number): Promise<HttpResponse> {
    if (settings.debug && status !== 403) {
      return status === 404
        ? debugNotFoundResponse(request, error as Error, urlconf.resolver)
        : debugErrorResponse(request, error, status, settings)
    }
    const handled = handledStatus(status)
    const handler = urlconf.handlers.get(handled)
    if (handler) {
      const response: unknown = await handler(request, error)
      if (response instanceof HttpResponse) return response
      throw invalidResponse(response, `handler${handled}`)
    }
    const template = `${handled}.html`
    if (!templateEngine().has(template)) return plainResponse(request, status)
    // A 500 may come from a context processor, so its template does without them, as Django's does.
    const text =
      handled === 500
        ? await renderTemplate(template, { cspNonce: new PrintedNonce(request) })
        : await renderTemplate(template, {}, request)
    return new HttpResponse(text, { status })
  }
}

/** The handler that answers for a status: 413 and its like are bad requests to a project. */
function handledStatus(status: number): HandledStatus {
  if (status === 403 || status === 404) return status
  return status >= 500 ? 500 : 400
}

/** The framework's own page for a status, which needs nothing of the project. */
export function plainResponse(request: HttpRequest, status: number): HttpResponse {
  const reason = reasonPhrase(status)
  const wanted = request.preferredType(['text/html', 'text/plain'])
  return wanted === 'text/plain'
    ? textResponse(plainText(status, reason), status)
    : pageResponse(plainPage(status, reason), status)
}
