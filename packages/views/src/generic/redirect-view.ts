import { ImproperlyConfigured } from '@nuages/foundation'
import { HttpResponseGone } from '@nuages/http'
import { type Kwargs, type LazyUrl, type ReverseArgs, reverseName } from '@nuages/urls'
import { redirectResponse } from '../shortcuts/redirect.ts'
import { type MaybeResponse, View } from '../view.ts'

/**
 * Sends every request elsewhere: `RedirectView.asView({ patternName: 'post-detail', permanent: true })`. Django's
 * `RedirectView`; the placeholders of `url` are written as in a route, not with `%`.
 */
export class RedirectView<P = Kwargs> extends View<P> {
  /** Where to: parameters of the URL stand in it as `<slug>`. */
  url: string | LazyUrl | undefined = undefined
  /** Or the name of a URL pattern that takes the same parameters as this one. */
  patternName: string | undefined = undefined
  /** 301, which browsers remember, in place of 302. */
  permanent = false
  /** Whether the client repeats method and body there: 307 and 308 in place of 302 and 301. */
  preserveRequest = false
  /** Whether the query goes along. */
  queryString = false

  /** Where this request goes; `undefined` answers 410 Gone. */
  getRedirectUrl(): string | undefined {
    const target = this.#target()
    const query = this.request.environ.QUERY_STRING
    if (target === undefined || !this.queryString || query === '') return target
    return target + (target.includes('?') ? '&' : '?') + query
  }

  get(): MaybeResponse {
    const url = this.getRedirectUrl()
    if (url === undefined) return new HttpResponseGone()
    return redirectResponse(url, { permanent: this.permanent, preserveRequest: this.preserveRequest })
  }

  post(): MaybeResponse {
    return this.get()
  }

  put(): MaybeResponse {
    return this.get()
  }

  patch(): MaybeResponse {
    return this.get()
  }

  delete(): MaybeResponse {
    return this.get()
  }

  override options(): MaybeResponse {
    return this.get()
  }

  #target(): string | undefined {
    if (this.url !== undefined) return filled(String(this.url), this.params as Kwargs)
    return this.patternName === undefined ? undefined : reverseName(this.patternName, this.params as ReverseArgs)
  }
}

function filled(url: string, params: Kwargs): string {
  const whole = url.replaceAll(/<(\w+)>/g, (_, name: string) => {
    if (Object.hasOwn(params, name)) return String(params[name]).split('/').map(encodeURIComponent).join('/')
    const known = Object.keys(params).join(', ') || 'none'
    throw new ImproperlyConfigured(
      `RedirectView: the url '${url}' needs a parameter '${name}'. The route gives: ${known}.`,
    )
  })
  // A parameter that begins with a slash must not lead to another host.
  return whole.startsWith('//') && !url.startsWith('//') ? `/%2F${whole.slice(2)}` : whole
}
