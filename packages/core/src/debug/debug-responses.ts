import { type HttpRequest, type HttpResponse, reasonPhrase } from '@nuages/http'
import { Resolver404, type UrlResolver } from '@nuages/urls'
import type { Settings } from '../settings/settings.ts'
import { errorPage } from './error-page.ts'
import { errorReport } from './error-report.ts'
import { errorText } from './error-text.ts'
import { type NotFoundReport, notFoundPage, notFoundText } from './not-found-page.ts'
import { type Page, pageResponse } from './page.ts'
import { textResponse } from './plain-page.ts'
import { welcomePage } from './welcome-page.ts'

/** Whether the client is one that shows pages: it names HTML, where curl and scripts take whatever comes. */
function wantsHtml(request: HttpRequest): boolean {
  return request.preferredType(['text/plain', 'text/html']) === 'text/html'
}

function debugResponse(request: HttpRequest, status: number, html: () => Page, text: () => string): HttpResponse {
  return wantsHtml(request) ? pageResponse(html(), status) : textResponse(text(), status)
}

/** The answer to an error while `debug` is on. */
export async function debugErrorResponse(
  request: HttpRequest,
  error: unknown,
  status: number,
  settings: Settings,
): Promise<HttpResponse> {
  const report = await errorReport(error, request, settings)
  return debugResponse(
    request,
    status,
    () => errorPage(report, status, reasonPhrase(status)),
    () => errorText(report),
  )
}

/** What a new project has of its own accord. */
const scaffoldedRoutes = /^(admin|accounts)\//

/** Whether the URLconf is as it was scaffolded: nobody has given the project a page yet. */
function isUntouched(resolver: UrlResolver): boolean {
  return resolver.leaves.every(({ route }) => scaffoldedRoutes.test(route))
}

/** The answer to a 404 while `debug` is on; at the root of a project without URL patterns of its own, the welcome page. */
export function debugNotFoundResponse(request: HttpRequest, error: Error, resolver: UrlResolver): HttpResponse {
  if (request.pathInfo === '/' && isUntouched(resolver)) {
    const hasAdmin = resolver.leaves.some(({ route }) => route.startsWith('admin/'))
    return debugResponse(
      request,
      200,
      () => welcomePage(hasAdmin ? `${request.environ.SCRIPT_NAME}/admin/` : undefined),
      () => 'Nuages runs. The URLconf has no page of yours yet: add a pattern to urls.ts.\n',
    )
  }
  const match = request.resolverMatch
  const report: NotFoundReport = {
    method: request.method,
    url: request.fullPath,
    message: error.message,
    raisedBy: match && { route: match.route, view: match.view.name || '(anonymous)' },
    routes:
      error instanceof Resolver404 ? error.tried.map(({ routes, name }) => ({ route: routes.join(''), name })) : [],
  }
  return debugResponse(
    request,
    404,
    () => notFoundPage(report),
    () => notFoundText(report),
  )
}
