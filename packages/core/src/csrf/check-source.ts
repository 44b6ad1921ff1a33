import { DisallowedHost, type HttpRequest } from '@nuages/http'
import { CsrfError } from '../errors.ts'
import { type CsrfPolicy, csrfPolicy } from './csrf-policy.ts'

/**
 * What speaks against the page that a request was sent from: it must be one of this site or of a trusted origin. Browsers
 * tell the page's origin; over HTTPS, where a man in the middle could have set the cookie from a plain page, one of the two
 * headers has to be there.
 */
export function sourceProblem(request: HttpRequest): CsrfError | undefined {
  const origin = request.headers.get('Origin')
  if (origin !== undefined)
    return isTrustedOrigin(request, origin, csrfPolicy()) ? undefined : wrongOrigin(request, origin)
  return request.isSecure ? refererProblem(request, csrfPolicy()) : undefined
}

function isTrustedOrigin(request: HttpRequest, origin: string, policy: CsrfPolicy): boolean {
  const host = acceptedHost(request)
  const lower = origin.toLowerCase()
  if (host !== undefined && lower === `${request.scheme}://${host}`) return true
  if (policy.exactOrigins.has(lower)) return true
  return policy.wildcardOrigins.some(([scheme, domain]) => {
    const start = `${scheme}://`
    return lower.startsWith(start) && isSameDomain(lower.slice(start.length), domain)
  })
}

function wrongOrigin(request: HttpRequest, origin: string): CsrfError {
  const host = acceptedHost(request)
  const shown = origin.slice(0, 100)
  const here = host === undefined ? 'this site' : `${request.scheme}://${host}`
  const isScheme = host !== undefined && origin === `https://${host}`
  return new CsrfError('origin', `The request was sent from '${shown}', and this is ${here}.`, {
    hint: isScheme
      ? "A proxy that ends HTTPS has to say so: set secureProxySslHeader, such as ['X-Forwarded-Proto', 'https']."
      : origin === 'null'
        ? 'A page in a sandbox, a file, or one with Referrer-Policy: no-referrer sends no origin: send from a page of this site, with another policy.'
        : 'If pages from there may change things here, add the origin to csrfTrustedOrigins. Behind a proxy, let it pass the Host header on.',
  })
}

function refererProblem(request: HttpRequest, policy: CsrfPolicy): CsrfError | undefined {
  const referer = request.headers.get('Referer')
  if (referer === undefined || referer === '') {
    return new CsrfError('referer', 'The request came over HTTPS with neither an Origin nor a Referer header.', {
      hint: "A page with Referrer-Policy: no-referrer, or a browser that hides it, leaves them out; 'same-origin' is enough. A program sends a Referer of this site.",
    })
  }
  const shown = referer.slice(0, 100)
  if (!URL.canParse(referer) || new URL(referer).host === '') {
    return new CsrfError('referer', `The Referer header is no address: '${shown}'.`)
  }
  const { protocol, host } = new URL(referer)
  if (protocol !== 'https:') {
    return new CsrfError('referer', `The request came over HTTPS from a page that did not: '${shown}'.`)
  }
  if ([...policy.trustedHosts, ...ownHosts(request, policy)].some((trusted) => isSameDomain(host, trusted))) {
    return undefined
  }
  return new CsrfError('referer', `The request was sent from another site: '${shown}'.`, {
    hint: 'If pages from there may change things here, add their origin to csrfTrustedOrigins.',
  })
}

/** Whose pages share the cookie: the host, or the domain that the cookie is for. */
function ownHosts(request: HttpRequest, { cookieDomain }: CsrfPolicy): string[] {
  const host = acceptedHost(request)
  if (cookieDomain === undefined) return host === undefined ? [] : [new URL(`https://${host}`).host]
  const port = request.environ.SERVER_PORT
  return [port === '443' || port === '80' ? cookieDomain : `${cookieDomain}:${port}`]
}

/** Whether `host` is `domain`, or below it where that starts with a dot. Both may have a port. */
function isSameDomain(host: string, domain: string): boolean {
  return host === domain || (domain.startsWith('.') && (host.endsWith(domain) || host === domain.slice(1)))
}

function acceptedHost(request: HttpRequest): string | undefined {
  try {
    return request.host
  } catch (error) {
    if (error instanceof DisallowedHost) return undefined
    throw error
  }
}
