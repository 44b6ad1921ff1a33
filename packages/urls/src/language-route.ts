import { availableLanguages, defaultLanguage, getLanguage } from '@nuages/i18n'
import { noArgs, noKwargs, type Route, type RouteMatch, type RoutePiece, type RouteTemplate } from './route.ts'

/** The prefix of `i18nPatterns`: the tag of a language, `ko/`. Django's `LocalePrefixPattern`. */
export class LanguageRoute implements Route {
  readonly source: string
  readonly kind = 'path'
  readonly names: readonly string[] = []
  readonly shape: readonly RoutePiece[]
  readonly templates: readonly RouteTemplate[] = [[() => this.prefixOf(getLanguage())]]
  /** Whether the addresses of the project's own language have its prefix as well. */
  readonly prefixesDefault: boolean

  constructor(prefixesDefault: boolean) {
    this.prefixesDefault = prefixesDefault
    this.source = prefixesDefault ? '<language>/' : '[<language>/]'
    this.shape = prefixesDefault ? ['segment', { text: '/' }] : ['opaque']
  }

  /** The language whose prefix `path` (without its leading `/`) begins with. */
  languageOf(path: string): string | undefined {
    const end = path.indexOf('/')
    if (end === -1) return undefined
    const prefix = path.slice(0, end)
    const language = availableLanguages().find((tag) => tag.toLowerCase() === prefix)
    return language === defaultLanguage() && !this.prefixesDefault ? undefined : language
  }

  prefixOf(language: string): string {
    const isKnown = availableLanguages().includes(language)
    const known = isKnown ? language : defaultLanguage()
    return known === defaultLanguage() && !this.prefixesDefault ? '' : `${known.toLowerCase()}/`
  }

  match(path: string): RouteMatch | undefined {
    const language = this.languageOf(path)
    if (language !== undefined) return { rest: path.slice(language.length + 1), kwargs: noKwargs, args: noArgs }
    return this.prefixesDefault ? undefined : { rest: path, kwargs: noKwargs, args: noArgs }
  }

  accepts(): boolean {
    return true
  }
}
