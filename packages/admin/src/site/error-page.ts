import { type HttpError, type HttpResponse, reasonPhrase } from '@nuages/http'
import { render } from '@nuages/views'
import type { ErrorPage } from '../pages/error-page.ts'
import { frameOf } from './frame.ts'
import type { PageScope } from './page-scope.ts'

/** What cannot be shown, in the frame of the site. */
export async function errorPage(scope: PageScope, error: HttpError): Promise<HttpResponse> {
  const { status } = error
  const frame = await frameOf(scope, { page: 'error', title: titles[status] ?? reasonPhrase(status) })
  const page: ErrorPage = { ...frame, status, message: error.message }
  return render(scope.request, 'admin/error.html', { ...page }, { status })
}

const titles: Readonly<Record<number, string>> = {
  403: 'You may not do this',
  404: 'There is nothing here',
}
