import type { HttpResponse, TooManyRequests } from '@nuages/http'

/** Keeps a page that is one visitor's alone out of every cache. */
export function neverCached(response: HttpResponse): HttpResponse {
  response.headers.setDefault('Cache-Control', 'max-age=0, no-cache, no-store, must-revalidate, private')
  return response
}

/** Says with the status of a page that there were too many attempts, and until when. */
export function refusing(response: HttpResponse, refusal: TooManyRequests): HttpResponse {
  response.status = refusal.status
  for (const [name, value] of refusal.headers) response.headers.set(name, value)
  return response
}
