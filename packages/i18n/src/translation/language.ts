import { ContextVariable } from '@nuages/foundation'

const active = new ContextVariable<string>({ name: 'i18n.language' })
let defaultLanguage = 'en'
/** Whether anybody has asked for a language of their own: until then there is nothing to look for in the context. */
let isChosen = false

/** Sets the project's language (a tag such as `'ko'`), used where none is active. */
export function setDefaultLanguage(language: string): void {
  defaultLanguage = language
}

/** The tag of the active language, such as `'en'` or `'ko'`. Django's `get_language`. */
export function getLanguage(): string {
  return isChosen ? (active.get() ?? defaultLanguage) : defaultLanguage
}

/** Runs `fn` with `language` active, in it and in everything asynchronous that it starts. Django's `translation.override`. */
export function withLanguage<R>(language: string, fn: () => R): R {
  isChosen = true
  return active.run(language, fn)
}
