import type { HttpResponse } from '@nuages/http'

/** Keeps a page that is one visitor's alone out of every cache. Django's `never_cache`. */
export function neverCached(response: HttpResponse): HttpResponse {
  response.headers.setDefault('Cache-Control', 'max-age=0, no-cache, no-store, must-revalidate, private')
  return response
}

/**
 * The same for a page that a mailed link leads to: no other site is told its address, whatever the project's policy is.
 * (`no-referrer` would have browsers leave the origin out of the form as well, by which forgeries are told.)
 */
export function ofSecretLink(response: HttpResponse): HttpResponse {
  response.headers.set('Referrer-Policy', 'same-origin')
  return neverCached(response)
}
