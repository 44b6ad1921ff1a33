import type { HttpResponse } from '@nuages/http'
import { contentSecurityPolicy } from './content-security-policy.ts'

/** Gives a response of the admin its headers, unless it has its own. What it shows is for one user, at this moment. */
export function secured(response: HttpResponse): HttpResponse {
  response.headers.setDefault('Content-Security-Policy', contentSecurityPolicy())
  response.headers.setDefault('Cache-Control', 'private, no-store')
  response.headers.setDefault('X-Frame-Options', 'DENY')
  return response
}
