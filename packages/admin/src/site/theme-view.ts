import { type HttpResponse, HttpResponseNotAllowed, HttpResponseSeeOther, safeNext } from '@nuages/http'
import { themeCookie, themeOf } from './frame.ts'
import type { PageScope } from './page-scope.ts'

const year = 365 * 24 * 60 * 60

/** Keeps the theme that the visitor chose, for browsers without script, and goes back. */
export async function themeView({ site, request }: PageScope): Promise<HttpResponse> {
  if (request.method !== 'POST') return new HttpResponseNotAllowed(['POST'])
  const { fields } = await request.form()
  const index = site.url('index')
  const response = new HttpResponseSeeOther(safeNext(request, fields.get('next')) ?? index)
  response.setCookie(themeCookie, themeOf(fields.get('theme')), { path: index, maxAge: year, sameSite: 'lax' })
  return response
}
