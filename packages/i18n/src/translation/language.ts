import { ContextVariable } from '@nuages/foundation'

/** A language, or what finds it out when it is first asked for. */
const active = new ContextVariable<string | (() => string)>({ name: 'i18n.language' })
let projectLanguage = 'en'
/** Whether anybody has asked for a language of their own: until then there is nothing to look for in the context. */
let isChosen = false

/** Sets the project's language (a tag such as `'ko'`), used where none is active. */
export function setDefaultLanguage(language: string): void {
  projectLanguage = language
}

/** The project's language: the setting `languageCode`. */
export function defaultLanguage(): string {
  return projectLanguage
}

/** The tag of the active language, such as `'en'` or `'ko'`. Django's `get_language`. */
export function getLanguage(): string {
  if (!isChosen) return projectLanguage
  const language = active.get() ?? projectLanguage
  return typeof language === 'string' ? language : language()
}

/** Runs `fn` with `language` active, in it and in everything asynchronous that it starts. Django's `translation.override`. */
export function withLanguage<R>(language: string, fn: () => R): R {
  isChosen = true
  return active.run(language, fn)
}

/** Like `withLanguage`, with a language that is found out when somebody asks for it: `choose` is called each time. */
export function withChosenLanguage<R>(choose: () => string, fn: () => R): R {
  isChosen = true
  return active.run(choose, fn)
}
