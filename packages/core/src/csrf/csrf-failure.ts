import { type HttpRequest, HttpResponse } from '@nuages/http'
import { noteFailure } from '../application/failures.ts'
import { pageResponse } from '../debug/page.ts'
import { textResponse } from '../debug/plain-page.ts'
import type { CsrfError } from '../errors.ts'
import { renderTemplate } from '../templates/render-template.ts'
import { templateEngine } from '../templates/template-engine.ts'
import { csrfFailurePage, csrfFailureText } from './csrf-failure-page.ts'
import { csrfPolicy } from './csrf-policy.ts'

const template = '403_csrf.html'

/**
 * The answer to a request that was not let through: of the project's `csrfFailureView`, else by its template
 * `403_csrf.html`, else the framework's own page. The reason is in the log.
 */
export async function csrfFailureResponse(request: HttpRequest, error: CsrfError): Promise<HttpResponse> {
  noteFailure(request, error)
  const response = await failureAnswer(request, error)
  response.headers.setDefault('Cache-Control', 'no-store')
  return response
}

async function failureAnswer(request: HttpRequest, error: CsrfError): Promise<HttpResponse> {
  const { failureView, debug } = csrfPolicy()
  if (failureView !== undefined) return failureView(request, error)
  if (templateEngine().has(template)) {
    const { kind, message } = error
    return new HttpResponse(await renderTemplate(template, { kind, reason: message }, request), { status: 403 })
  }
  const wanted = request.preferredType(['text/html', 'text/plain'])
  return wanted === 'text/plain'
    ? textResponse(csrfFailureText(error, debug), 403)
    : pageResponse(csrfFailurePage(error, debug), 403)
}
