import { LanguageRoute } from './language-route.ts'
import type { UrlResolver } from './resolver.ts'
import type { TypedInclude } from './typed-entry.ts'
import { Included, type UrlEntry, UrlInclude } from './url-entry.ts'

export interface I18nPatternsOptions {
  /** Whether the addresses of the project's own language have its prefix as well. Default `true`. */
  readonly prefixDefaultLanguage?: boolean
}

/**
 * Patterns whose addresses begin with their language: `/ko/about/`. A line of the project's own `urlpatterns`, not of an included
 * one; the language of such an address is active in its view, and `reverse` writes that of the active one. Django's
 * `i18n_patterns`.
 *
 * ```ts
 * export const urlpatterns = [path('api/', include(api)), i18nPatterns([path('about/', about, 'about')])]
 * ```
 */
export function i18nPatterns<const Entries extends readonly UrlEntry[]>(
  urlpatterns: Entries,
  { prefixDefaultLanguage = true }: I18nPatternsOptions = {},
): TypedInclude<{}, readonly [], Entries, '', {}> {
  const included = new Included(() => urlpatterns, undefined, undefined)
  return new UrlInclude(new LanguageRoute(prefixDefaultLanguage), included, {})
}

const found = new WeakMap<UrlResolver, { readonly route: LanguageRoute | undefined }>()

/** The prefix by language that a URLconf has, where it uses `i18nPatterns`. It is asked for by every request, and looked for once. */
export function languageRouteOf(resolver: UrlResolver): LanguageRoute | undefined {
  let known = found.get(resolver)
  if (known === undefined) {
    known = { route: resolver.entries.map(({ route }) => route).find((route) => route instanceof LanguageRoute) }
    found.set(resolver, known)
  }
  return known.route
}
