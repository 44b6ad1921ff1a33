import { addNeverCacheHeaders, type HttpResponse, HttpResponseSeeOther } from '@nuages/http'
import { TemplateView } from '@nuages/views'
import { redirectFieldName } from '../access/redirect-to-login.ts'
import { resolveUrl } from '../access/resolve-url.ts'
import { authSettings } from '../auth-settings.ts'
import { logout } from '../login/login.ts'
import { nextPage } from './next-page.ts'

/**
 * Logs out and goes on to `next`, or says so on a page. It answers POST alone: a link, which any page may hold, logs nobody
 * out. Django's `LogoutView`.
 */
export class LogoutView extends TemplateView {
  override httpMethodNames = ['post', 'options']
  override templateName: string | undefined = 'registration/logged_out.html'
  /** Where to where the form does not say: a URL or the name of one; `auth.logoutRedirectUrl` of the settings when left out. */
  nextPage: string | undefined = undefined
  redirectFieldName: string = redirectFieldName
  /** Hosts that `next` may lead to, beside the one that was asked. */
  successUrlAllowedHosts: readonly string[] = []

  async post(): Promise<HttpResponse> {
    const target = await this.#target()
    await logout(this.request)
    if (target !== undefined) return addNeverCacheHeaders(new HttpResponseSeeOther(target))
    return addNeverCacheHeaders(await this.renderToResponse(await this.getContextData()))
  }

  async #target(): Promise<string | undefined> {
    const next = await nextPage(this.request, this.redirectFieldName, this.successUrlAllowedHosts)
    const fallback = this.nextPage ?? authSettings().logoutRedirectUrl
    return next ?? (fallback === undefined ? undefined : resolveUrl(fallback))
  }

  override async getContextData() {
    return { ...(await super.getContextData()), loginUrl: resolveUrl(authSettings().loginUrl) }
  }
}
