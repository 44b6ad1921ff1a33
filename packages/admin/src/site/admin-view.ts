import { HttpError, type HttpRequest, type HttpResponse, HttpResponseRedirect } from '@nuages/http'
import type { ViewFunction } from '@nuages/urls'
import { secured } from './admin-response.ts'
import { errorPage, failurePage } from './error-page.ts'
import type { PageScope } from './page-scope.ts'
import type { SiteRegistry } from './site-registry.ts'

/** What answers a page. */
export type PageView<Params> = (scope: PageScope, params: Params) => HttpResponse | Promise<HttpResponse>

/** A page for who may use the site: others are sent to sign in. Django's `admin_view`. */
export function staffView<Params>(site: SiteRegistry, view: PageView<Params>): ViewFunction<Params> {
  return openView(site, async (scope, params) => {
    if (await site.hasPermission(scope.request)) return view(scope, params)
    return new HttpResponseRedirect(signInUrl(site, scope.request))
  })
}

/** A page for everybody, such as the one to sign in. */
export function openView<Params>(site: SiteRegistry, view: PageView<Params>): ViewFunction<Params> {
  return async (request, params) => {
    const scope = { site, request }
    try {
      return secured(await view(scope, params))
    } catch (error) {
      if (error instanceof HttpError) return secured(await errorPage(scope, error))
      return secured(await failurePage(scope, error))
    }
  }
}

/** The page to sign in, which leads back here. */
function signInUrl(site: SiteRegistry, request: HttpRequest): string {
  const next = request.method === 'GET' || request.isHead ? request.fullPath : site.url('index')
  return site.url('login', {}, { next })
}
