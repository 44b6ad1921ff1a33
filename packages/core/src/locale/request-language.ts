import type { HttpRequest } from '@nuages/http'
import { availableLanguages, defaultLanguage, preferredLanguage, supportedLanguage } from '@nuages/i18n'
import type { LanguageRoute } from '@nuages/urls'
import { activeSettings } from '../settings/active-settings.ts'

/** Longer ones are no tags, and are not looked at. */
const maxLength = 64

/**
 * The language of a request: that of its address, else what its visitor has chosen (a cookie), else what the browser asks for, else
 * the project's. What is not asked for is not found out.
 */
export class RequestLanguage {
  /** The language that the address names. */
  readonly fromPath: string | undefined
  readonly #request: HttpRequest
  readonly #isOfAddress: boolean
  #tag: string | undefined

  constructor(request: HttpRequest, route: LanguageRoute | undefined) {
    this.#request = request
    this.fromPath = route?.languageOf(request.pathInfo.slice(1))
    this.#isOfAddress = this.fromPath !== undefined || route?.prefixesDefault === false
  }

  get tag(): string {
    this.#tag ??= this.#isOfAddress ? (this.fromPath ?? defaultLanguage()) : this.#negotiated()
    return this.#tag
  }

  /** Whether anybody has asked. */
  get isUsed(): boolean {
    return this.#tag !== undefined
  }

  /** Whether the same address has other languages for other visitors. */
  get isNegotiated(): boolean {
    return !this.#isOfAddress
  }

  #negotiated(): string {
    const available = availableLanguages()
    const chosen = this.#request.cookies.get(activeSettings().languageCookieName)
    const fromCookie =
      chosen === undefined || chosen.length > maxLength ? undefined : supportedLanguage(chosen, available)
    return (
      fromCookie ??
      preferredLanguage(this.#request.headers.get('Accept-Language') ?? '', available) ??
      defaultLanguage()
    )
  }
}
