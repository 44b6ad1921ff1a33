import type { HttpRequest } from './http-request.ts'
import { iriToUri } from './uri.ts'

export interface AllowedUrlOptions {
  /** The hosts, with their ports where they have some, that an absolute URL may lead to. Without any, only paths will do. */
  readonly allowedHosts?: Iterable<string>
  /** Whether an absolute URL has to be one of HTTPS. */
  readonly requireHttps?: boolean
}

/** Browsers take longer ones, but nobody writes them. */
const maxLength = 2048

/** A host that nobody has: what leads to it from there is relative. */
const nowhere = 'nowhere.invalid'

/**
 * Whether a browser that is sent to `url` stays on one of the hosts: for addresses that a visitor brought along, such as
 * `next`. It is read as browsers read it, with their backslashes, missing slashes and swallowed control characters.
 * Django's `url_has_allowed_host_and_scheme`.
 */
export function urlHasAllowedHostAndScheme(url: string | null | undefined, options: AllowedUrlOptions = {}): boolean {
  const text = url?.trim() ?? ''
  if (text === '' || text.length > maxLength || /\p{Cc}|^\p{C}|\p{Cs}|^[\\/]{3}/u.test(text)) return false
  const hosts = new Set(Array.from(options.allowedHosts ?? [], (host) => host.toLowerCase()))
  const prefix = new RegExp(options.requireHttps ? '^https://[^/\\\\]' : '^(?:https?:)?//[^/\\\\]', 'i')
  // The header of a redirect holds it escaped.
  return [text, iriToUri(text)].every((spelling) => leadsTo(spelling, prefix, hosts))
}

/**
 * An address to go on to that a visitor brought along, such as `next` of a form; `undefined` where it leads from the host that
 * was asked to another one (but `otherHosts`), or from HTTPS to HTTP. What Django's `RedirectURLMixin` does.
 */
export function safeNext(
  request: HttpRequest,
  next: string | null | undefined,
  otherHosts: Iterable<string> = [],
): string | undefined {
  const options = { allowedHosts: [request.host, ...otherHosts], requireHttps: request.isSecure }
  return urlHasAllowedHostAndScheme(next, options) ? (next as string) : undefined
}

/** `https:x` is relative on a page of HTTPS and absolute elsewhere, so whatever has a scheme has to have its slashes too. */
function leadsTo(text: string, prefix: RegExp, hosts: ReadonlySet<string>): boolean {
  const page = `http://${nowhere}/`
  if (!URL.canParse(text, page)) return false
  const { host, username, password } = new URL(text, page)
  if (/^(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i.test(text)) {
    return prefix.test(text) && username === '' && password === '' && hosts.has(host)
  }
  return host === nowhere
}
