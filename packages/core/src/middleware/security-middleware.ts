import { DefaultHeaders, type HttpRequest, type HttpResponse, HttpResponsePermanentRedirect } from '@nuages/http'
import { fromSettings } from '../settings/active-settings.ts'
import type { Settings } from '../settings/settings.ts'
import type { Middleware } from './middleware.ts'
import { middlewareOf } from './middleware-steps.ts'

interface SecurityPolicy {
  readonly headers: DefaultHeaders
  /** The value of Strict-Transport-Security, sent over HTTPS only, as RFC 6797 §7.2 demands. */
  readonly hsts: string | undefined
  readonly redirect: boolean
  readonly redirectHost: string | undefined
  readonly exempt: readonly RegExp[]
}

const policy = fromSettings((settings): SecurityPolicy => {
  return {
    headers: new DefaultHeaders(securityHeaders(settings)),
    hsts: strictTransportSecurity(settings),
    redirect: settings.secureSslRedirect,
    redirectHost: settings.secureSslHost,
    exempt: settings.secureRedirectExempt,
  }
})

function securityHeaders(settings: Settings): [string, string][] {
  const headers: [string, string][] = []
  if (settings.secureContentTypeNosniff) headers.push(['X-Content-Type-Options', 'nosniff'])
  const referrer = settings.secureReferrerPolicy
  if (referrer !== false)
    headers.push(['Referrer-Policy', typeof referrer === 'string' ? referrer : referrer.join(',')])
  const opener = settings.secureCrossOriginOpenerPolicy
  if (opener !== false) headers.push(['Cross-Origin-Opener-Policy', opener])
  if (settings.xFrameOptions !== false) headers.push(['X-Frame-Options', settings.xFrameOptions])
  return headers
}

function strictTransportSecurity(settings: Settings): string | undefined {
  if (settings.secureHstsSeconds === 0) return undefined
  const subdomains = settings.secureHstsIncludeSubdomains ? '; includeSubDomains' : ''
  const preload = settings.secureHstsPreload ? '; preload' : ''
  return `max-age=${settings.secureHstsSeconds}${subdomains}${preload}`
}

function mustRedirect(request: HttpRequest, { redirect, exempt }: SecurityPolicy): boolean {
  if (!redirect || request.isSecure) return false
  const path = request.path.replace(/^\//, '')
  // Not test(): a pattern with the flag g would go on where it matched for the request before.
  return exempt.every((pattern) => path.search(pattern) === -1)
}

/**
 * Sends plain HTTP on to HTTPS where the settings ask for it, and gives each response the security headers that the view
 * did not set itself. Django's `SecurityMiddleware` and `XFrameOptionsMiddleware`.
 */
export const securityMiddleware: Middleware = middlewareOf('securityMiddleware', {
  before(request) {
    const current = policy()
    if (!mustRedirect(request, current)) return undefined
    return new HttpResponsePermanentRedirect(`https://${current.redirectHost ?? request.host}${request.fullPath}`)
  },
  after: withSecurityHeaders,
})

/** Gives a response the security headers of the settings that it does not have. */
export function withSecurityHeaders(request: HttpRequest, response: HttpResponse): HttpResponse {
  const { headers, hsts } = policy()
  response.headers.setDefaults(headers)
  if (hsts !== undefined && request.isSecure) response.headers.setDefault('Strict-Transport-Security', hsts)
  return response
}
