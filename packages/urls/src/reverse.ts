import { type QueryChanges, QueryDict } from '@nuages/http'
import { quoteFragment, quotePath } from './quote.ts'
import type { ReverseArgs } from './reverse-index.ts'
import { getScriptPrefix, getUrlconf } from './urlconf.ts'
import type { ArgsByName, RegisteredUrlconf, ReverseRest } from './urlconf-names.ts'

export interface ReverseOptions {
  /** Put after `?`; arrays repeat their name, `null` and `undefined` are left out. */
  readonly query?: QueryChanges | QueryDict | URLSearchParams
  /** Put after `#`. */
  readonly fragment?: string
  /** The namespace that application names are looked up in first: `request.resolverMatch.namespace`. */
  readonly currentApp?: string
}

/**
 * The type of `reverse` for a URLconf: `ReverseFunction<typeof urlpatterns>` checks names and arguments. The names are not written
 * `UrlNames<Urlconf>`: the compiler's complaint would then show the URLconf in place of the names.
 */
export type ReverseFunction<Urlconf> = <const Name extends Extract<keyof ArgsByName<Urlconf>, string>>(
  name: Name,
  ...rest: ReverseRest<Urlconf, Name, ReverseOptions>
) => string

/** To work the types of a large URLconf out for every name at once would be too much: each call looks up its own. */
type Untyped = never

/**
 * The URL of a name: `reverse('article-detail', { year: 2026, slug: 'x' })`, or with the arguments in the order of the route,
 * `reverse('article-detail', [2026, 'x'])`. Names in a namespace are `'shop:detail'`. Where the application is mounted
 * below `/`, the URL starts there. Names and arguments are checked once the project registers its URLconf. Throws
 * `NoReverseMatch`. Django's `reverse`.
 */
export const reverse: ReverseFunction<RegisteredUrlconf> = reverseName as Untyped

/** `reverse` for a name that only run time knows: what a template tag or a redirect to a name calls. Throws `NoReverseMatch`. */
export function reverseName(name: string, args: ReverseArgs = {}, options: ReverseOptions = {}): string {
  const path = getUrlconf().reverse(name, args, options.currentApp)
  const prefix = getScriptPrefix()
  const mounted = prefix === '/' ? path : quotePath(prefix) + path.slice(1)
  const query = options.query === undefined ? '' : queryString(options.query)
  const fragment = options.fragment === undefined ? '' : `#${quoteFragment(options.fragment)}`
  return mounted + (query === '' ? '' : `?${query}`) + fragment
}

function queryString(query: NonNullable<ReverseOptions['query']>): string {
  if (query instanceof QueryDict || query instanceof URLSearchParams) return query.toString()
  return new QueryDict().with(query).toString()
}

/** A URL that is reversed each time it is read as text. */
export interface LazyUrl {
  toString(): string
  toJSON(): string
}

/** The type of `reverseLazy` for a URLconf. */
export type ReverseLazyFunction<Urlconf> = <const Name extends Extract<keyof ArgsByName<Urlconf>, string>>(
  name: Name,
  ...rest: ReverseRest<Urlconf, Name, ReverseOptions>
) => LazyUrl

/** `reverse` for places that run before there is a URLconf, such as the field of a class. Django's `reverse_lazy`. */
export const reverseLazy: ReverseLazyFunction<RegisteredUrlconf> = lazily as Untyped

function lazily(name: string, args?: ReverseArgs, options?: ReverseOptions): LazyUrl {
  const url = () => reverseName(name, args, options)
  return { toString: url, toJSON: url }
}
