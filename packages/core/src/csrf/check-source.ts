import { DisallowedHost, type HttpRequest } from '@nuages/http'
import { isSameDomain } from '../cors/origin-list.ts'
import { CsrfError } from '../errors.ts'
import { type CsrfPolicy, csrfPolicy } from './csrf-policy.ts'

/**
 * What speaks against the page that a request was sent from: it must be one of this site or of a trusted origin. Browsers say
 * how the two are related (Fetch Metadata); those that do not, and those that say they are not the same, tell the page's
 * origin. Over HTTPS, where a man in the middle could have set the cookie from a plain page, one of the headers has to be there.
 */
export function sourceProblem(request: HttpRequest): CsrfError | undefined {
  const site = request.headers.get('Sec-Fetch-Site')
  // 'none' is the visitor: an address that was typed, a bookmark, a page that is loaded again.
  if (site === 'same-origin' || site === 'none') return undefined
  const policy = csrfPolicy()
  const origin = request.headers.get('Origin')
  if (origin !== undefined) {
    const isRight = policy.trustedOrigins.has(origin) || (site !== 'cross-site' && isOwnOrigin(request, origin))
    return isRight ? undefined : wrongOrigin(request, origin, site)
  }
  if (site === undefined && !request.isSecure) return undefined
  const own = site === 'cross-site' ? [] : ownHosts(request, policy)
  return refererProblem(request, [...policy.trustedHosts, ...own])
}

function isOwnOrigin(request: HttpRequest, origin: string): boolean {
  const host = acceptedHost(request)
  return host !== undefined && origin.toLowerCase() === `${request.scheme}://${host}`
}

function wrongOrigin(request: HttpRequest, origin: string, site: string | undefined): CsrfError {
  const host = acceptedHost(request)
  const shown = origin.slice(0, 100)
  const here = host === undefined ? 'this site' : `${request.scheme}://${host}`
  const isScheme = host !== undefined && site !== 'cross-site' && origin === `https://${host}`
  const said = site === undefined ? '' : ` The browser calls that ${site.slice(0, 20)}.`
  return new CsrfError('origin', `The request was sent from '${shown}', and this is ${here}.${said}`, {
    hint: isScheme
      ? "A proxy that ends HTTPS has to say so: set secureProxySslHeader, such as ['X-Forwarded-Proto', 'https']."
      : origin === 'null'
        ? 'A page in a sandbox, a file, or one with Referrer-Policy: no-referrer sends no origin: send from a page of this site, with another policy.'
        : 'If pages from there may change things here, add the origin to csrfTrustedOrigins. Behind a proxy, let it pass the Host header on.',
  })
}

/** What speaks against the page by its address, which must be of one of `hosts` and over HTTPS. */
function refererProblem(request: HttpRequest, hosts: readonly string[]): CsrfError | undefined {
  const referer = request.headers.get('Referer')
  if (referer === undefined || referer === '') {
    const how = request.isSecure ? 'over HTTPS' : 'from another site'
    return new CsrfError('referer', `The request came ${how} with neither an Origin nor a Referer header.`, {
      hint: "A page with Referrer-Policy: no-referrer, or a browser that hides it, leaves them out; 'same-origin' is enough. A program sends a Referer of this site.",
    })
  }
  const shown = referer.slice(0, 100)
  if (!URL.canParse(referer) || new URL(referer).host === '') {
    return new CsrfError('referer', `The Referer header is no address: '${shown}'.`)
  }
  const { protocol, host } = new URL(referer)
  if (protocol !== 'https:') {
    return new CsrfError('referer', `The request came from a page that did not come over HTTPS: '${shown}'.`)
  }
  if (hosts.some((trusted) => isSameDomain(host, trusted))) return undefined
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

function acceptedHost(request: HttpRequest): string | undefined {
  try {
    return request.host
  } catch (error) {
    if (error instanceof DisallowedHost) return undefined
    throw error
  }
}
