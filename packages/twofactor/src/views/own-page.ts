import type { HttpResponse } from '@nuages/http'

/** Keeps a page that is one visitor's alone out of every cache. */
export function neverCached(response: HttpResponse): HttpResponse {
  response.headers.setDefault('Cache-Control', 'max-age=0, no-cache, no-store, must-revalidate, private')
  return response
}
