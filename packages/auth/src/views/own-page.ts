import { addNeverCacheHeaders, type HttpResponse } from '@nuages/http'

/**
 * A page that a mailed link leads to: nobody keeps it, and no other site is told its address, whatever the project's policy is.
 * (`no-referrer` would have browsers leave the origin out of the form as well, by which forgeries are told.)
 */
export function ofSecretLink(response: HttpResponse): HttpResponse {
  response.headers.set('Referrer-Policy', 'same-origin')
  return addNeverCacheHeaders(response)
}
