import { urlHasAllowedHostAndScheme } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'

/** An address to go on to that a visitor brought along; `undefined` where it leads to another host. */
export function safeNext(request: HttpRequest, next: string | undefined): string | undefined {
  const options = { allowedHosts: [request.host], requireHttps: request.isSecure }
  return urlHasAllowedHostAndScheme(next, options) ? next : undefined
}
