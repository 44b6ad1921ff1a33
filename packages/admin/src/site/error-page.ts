import { errorStatus, reportFailure, type Settings, settings } from '@nuages/core'
import { type HttpError, type HttpResponse, reasonPhrase } from '@nuages/http'
import { render } from '@nuages/views'
import type { ErrorPage } from '../pages/error-page.ts'
import { frameOf } from './frame.ts'
import type { PageScope } from './page-scope.ts'

/** What cannot be shown, in the frame of the site. */
export function errorPage(scope: PageScope, { status, message, headers }: HttpError): Promise<HttpResponse> {
  return pageFor(scope, status, message, headers)
}

/**
 * What went wrong, which is told to the log alone. Throws the error itself in development, which shows more, where it is the
 * request's fault, and where not even the frame of the site can be shown.
 */
export async function failurePage(scope: PageScope, error: unknown): Promise<HttpResponse> {
  const { request } = scope
  if ((settings as Settings).debug || errorStatus(error) !== 500 || request.signal.aborted) throw error
  const page = await pageFor(scope, 500, 'It has been noted. Please try again later.').catch(() => undefined)
  if (page === undefined) throw error
  await reportFailure(request, error)
  return page
}

async function pageFor(
  scope: PageScope,
  status: number,
  message: string,
  headers: HttpError['headers'] = [],
): Promise<HttpResponse> {
  const frame = await frameOf(scope, { page: 'error', title: titles[status] ?? reasonPhrase(status) })
  const page: ErrorPage = { ...frame, status, message }
  const response = await render(scope.request, 'admin/error.html', { ...page }, { status })
  for (const header of headers) response.headers.setDefault(...header)
  return response
}

const titles: Readonly<Record<number, string>> = {
  403: 'You may not do this',
  404: 'There is nothing here',
  500: 'Something went wrong',
}
