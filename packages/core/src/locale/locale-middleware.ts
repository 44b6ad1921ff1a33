import { escapePath, type HttpRequest, type HttpResponse, HttpResponseRedirect, patchVaryHeaders } from '@nuages/http'
import { withChosenLanguage } from '@nuages/i18n'
import { getUrlconf, languageRouteOf, type UrlResolver } from '@nuages/urls'
import { type Middleware, mapResponse } from '../middleware/middleware.ts'
import { RequestLanguage } from './request-language.ts'

/**
 * Makes the language of a request the active one: that of its address where `i18nPatterns` has put it there, else the visitor's choice
 * in a cookie, else what the browser asks for (Accept-Language), else the project's. An answer that used it says which it is, and
 * that it depends on what was asked. Left out where a project has one language. Django's `LocaleMiddleware`.
 */
export const localeMiddleware: Middleware = Object.assign(
  function localeMiddleware(request, next) {
    const resolver = getUrlconf()
    const route = languageRouteOf(resolver)
    const language = new RequestLanguage(request, route)
    return withChosenLanguage(
      () => language.tag,
      () =>
        mapResponse(next(request), (response) => {
          const isPrefixed = route?.prefixesDefault === true && language.fromPath === undefined
          const redirect =
            isPrefixed && response.status === 404 ? toPrefixed(request, resolver, language.tag) : undefined
          return withLanguageHeaders(redirect ?? response, language)
        }),
    )
  } satisfies Middleware,
  { isUsed: ({ languages }: { readonly languages: object }) => Object.keys(languages).length > 1 },
)

/** The way to the same address with its language in front, where that is one of the site. */
function toPrefixed(request: HttpRequest, resolver: UrlResolver, tag: string): HttpResponse | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const prefix = `/${tag.toLowerCase()}`
  const path = prefix + request.pathInfo
  const isKnown = resolver.find(path) !== undefined || (!path.endsWith('/') && resolver.find(`${path}/`) !== undefined)
  if (!isKnown) return undefined
  const { SCRIPT_NAME: mount, QUERY_STRING: query } = request.environ
  return new HttpResponseRedirect(`${escapePath(mount + path)}${query === '' ? '' : `?${query}`}`)
}

/** What streams may still use the language when its headers are gone. */
function withLanguageHeaders(response: HttpResponse, language: RequestLanguage): HttpResponse {
  if (!language.isUsed && !response.streaming) return response
  if (language.isNegotiated) patchVaryHeaders(response, ['Accept-Language', 'Cookie'])
  response.headers.setDefault('Content-Language', language.tag)
  return response
}
