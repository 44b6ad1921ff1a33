import { type HttpRequest, HttpResponseRedirect } from '@nuages/http'
import { authSettings } from '../auth-settings.ts'
import { resolveUrl } from './resolve-url.ts'

/** The name of the parameter that says where to go on after the log-in. Django's `REDIRECT_FIELD_NAME`. */
export const redirectFieldName = 'next'

export interface LoginUrlOptions {
  /** A path, or the name of a URL pattern; `auth.loginUrl` of the settings when left out. */
  readonly loginUrl?: string
  /** `next` when left out; `null` leaves it out. */
  readonly redirectFieldName?: string | null
}

/** Sends who is not logged in to do so, and back to `next` afterwards. Django's `redirect_to_login`. */
export function redirectToLogin(next: string, options: LoginUrlOptions = {}): HttpResponseRedirect {
  const target = resolveUrl(options.loginUrl ?? authSettings().loginUrl)
  const field = options.redirectFieldName === undefined ? redirectFieldName : options.redirectFieldName
  return new HttpResponseRedirect(field === null ? target : withParameter(target, field, next))
}

/** The way to the log-in from a request, and back: a path where the log-in is on the same host. */
export function loginRedirect(request: HttpRequest, options: LoginUrlOptions = {}): HttpResponseRedirect {
  const target = resolveUrl(options.loginUrl ?? authSettings().loginUrl)
  const page = request.buildAbsoluteUri()
  const isSameHost = new URL(target, page).origin === new URL(page).origin
  return redirectToLogin(isSameHost ? request.fullPath : page, options)
}

/** `target` with the parameter in place of one that it has. Slashes are left as they are, so that it can be read. */
function withParameter(target: string, name: string, value: string): string {
  const [beforeHash = '', ...hash] = target.split('#')
  const [path = '', ...query] = beforeHash.split('?')
  const others = query
    .join('?')
    .split('&')
    .filter((pair) => pair !== '' && decoded(pair.split('=', 1)[0]!) !== name)
  const pairs = [...others, `${encodeURIComponent(name)}=${encodeURIComponent(value).replaceAll('%2F', '/')}`]
  return `${path}?${pairs.join('&')}${hash.length > 0 ? `#${hash.join('#')}` : ''}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
