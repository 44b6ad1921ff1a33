import {
  HttpResponsePermanentRedirect,
  HttpResponseRedirect,
  type HttpResponseRedirectBase,
  HttpResponseSeeOther,
} from '@nuages/http'
import {
  type LazyUrl,
  type RegisteredUrlconf,
  type ReverseArgs,
  type ReverseOptions,
  type ReverseRest,
  reverseName,
  type UrlName,
} from '@nuages/urls'

/** What has a page of its own: a model with Django's `get_absolute_url`. */
export interface Linkable {
  getAbsoluteUrl(): string
}

export interface RedirectOptions extends ReverseOptions {
  /** 301, which browsers remember, in place of 302. */
  readonly permanent?: boolean
  /** Whether the client repeats method and body at the new address: 307 and 308 in place of 302 and 301. */
  readonly preserveRequest?: boolean
  /** The status itself, in place of both. */
  readonly status?: 301 | 302 | 303 | 307 | 308
}

type UrlText = `/${string}` | `./${string}` | `../${string}` | `?${string}` | `#${string}` | `${string}://${string}`

/** `To`, or the complaint that the compiler shows: a text that is written down is a URL or a name that exists. */
type CheckedTarget<To extends string> = string extends To
  ? To
  : To extends UrlName | UrlText
    ? To
    : `There is no URL pattern named '${To}'`

type RedirectRest<To> = string extends To
  ? [argsOrOptions?: ReverseArgs | RedirectOptions, options?: RedirectOptions]
  : To extends UrlText
    ? [options?: RedirectOptions]
    : To extends UrlName
      ? ReverseRest<RegisteredUrlconf, To, RedirectOptions>
      : [options?: RedirectOptions]

/**
 * Sends the client elsewhere:
 *
 * - `redirect(post)`: to the page of what has `getAbsoluteUrl`;
 * - `redirect('post-detail', { slug })`: to the URL of a name, with its arguments as `reverse` takes them;
 * - `redirect('/posts/')`: to a URL. Text is one if it starts with `/`, `./`, `../`, `?`, `#` or a scheme and `://`.
 *
 * Options come last. Throws `NoReverseMatch` for a name that has no URL. Django's `redirect`.
 */
export function redirect(to: Linkable | LazyUrl, options?: RedirectOptions): HttpResponseRedirectBase
export function redirect<const To extends string>(
  to: CheckedTarget<To>,
  ...rest: RedirectRest<To>
): HttpResponseRedirectBase
export function redirect(
  to: string | Linkable | LazyUrl,
  ...rest: readonly (ReverseArgs | RedirectOptions | undefined)[]
): HttpResponseRedirectBase {
  if (typeof to === 'string' && !isUrl(to)) {
    const [args, options = {}] = rest as [ReverseArgs?, RedirectOptions?]
    return redirectResponse(reverseName(to, args, options), options)
  }
  const url = typeof to === 'object' && 'getAbsoluteUrl' in to ? to.getAbsoluteUrl() : String(to)
  return redirectResponse(url, (rest[0] ?? {}) as RedirectOptions)
}

function isUrl(text: string): boolean {
  return /^(?:\.{0,2}\/|[?#]|[a-z][a-z0-9+.-]*:\/\/)/i.test(text)
}

/** A redirect to `url` with the status that `options` ask for. */
export function redirectResponse(url: string, options: RedirectOptions): HttpResponseRedirectBase {
  const { status, permanent = status === 301 || status === 308 } = options
  if (status === 303) return new HttpResponseSeeOther(url)
  const preserveRequest = status === undefined ? (options.preserveRequest ?? false) : status >= 307
  return permanent
    ? new HttpResponsePermanentRedirect(url, { preserveRequest })
    : new HttpResponseRedirect(url, { preserveRequest })
}
