import { type CookieOptions, type HttpRequest, HttpResponse, HttpResponseSeeOther, safeNext } from '@nuages/http'
import { availableLanguages } from '@nuages/i18n'
import { getScriptPrefix, path, translatePath } from '@nuages/urls'
import { activeSettings } from '../settings/active-settings.ts'

/**
 * Keeps the language that a visitor chooses in a cookie, and goes back to where they were: a form that posts `language` and, if it likes,
 * `next`. An address of `i18nPatterns` becomes that of the same page in the new language. Without a valid `language`, and for GET, nothing
 * is changed. Django's `set_language`.
 */
export async function setLanguage(request: HttpRequest): Promise<HttpResponse> {
  const fields = request.method === 'POST' ? (await request.form()).fields : undefined
  const asked = safeNext(request, fields?.get('next') ?? request.query.get('next'))
  const next = asked ?? safeNext(request, request.headers.get('Referer'))
  const language = availableLanguages().find((tag) => tag.toLowerCase() === fields?.get('language')?.toLowerCase())
  const wantsPage = next !== undefined || request.preferredType(['text/html', 'application/json']) === 'text/html'
  if (!wantsPage) return withCookie(request, new HttpResponse('', { status: 204 }), language)
  const target = next ?? getScriptPrefix()
  return withCookie(
    request,
    new HttpResponseSeeOther(language === undefined ? target : inLanguage(target, language)),
    language,
  )
}

/** The URLs of languages, for `path('i18n/', include(languageUrls))`: `set_language` at `setlang/`. */
export const languageUrls = [path('setlang/', setLanguage, 'set_language')] as const

function withCookie(request: HttpRequest, response: HttpResponse, language: string | undefined): HttpResponse {
  if (language === undefined) return response
  const settings = activeSettings()
  const { languageCookieAge: maxAge, languageCookieDomain: domain, languageCookieSameSite: sameSite } = settings
  const options: CookieOptions = {
    path: settings.languageCookiePath,
    secure: settings.languageCookieSecure ?? request.isSecure,
    httpOnly: settings.languageCookieHttpOnly,
    ...(maxAge === null ? {} : { maxAge }),
    ...(domain === undefined ? {} : { domain }),
    ...(sameSite === false ? {} : { sameSite }),
  }
  response.setCookie(settings.languageCookieName, language, options)
  return response
}

/** The same address in another language, where it has one. */
function inLanguage(address: string, language: string): string {
  const base = 'http://nowhere.invalid'
  if (!URL.canParse(address, base)) return address
  const url = new URL(address, base)
  const mount = getScriptPrefix().slice(0, -1)
  if (!url.pathname.startsWith(`${mount}/`)) return address
  const translated = translatePath(decoded(url.pathname.slice(mount.length)), language)
  if (translated === undefined) return address
  const origin = /^[a-z][a-z\d+.-]*:/i.test(address) ? url.origin : ''
  return `${origin}${mount}${translated}${url.search}${url.hash}`
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
