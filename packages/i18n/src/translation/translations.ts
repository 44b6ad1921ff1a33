import { join } from 'node:path'
import { type Catalogue, messageKey, type Translation } from './catalogue.ts'
import { loadCatalogue } from './find-catalogues.ts'
import { defaultLanguage, getLanguage, setDefaultLanguage } from './language.ts'

export interface TranslationOptions {
  /** The project's language: what is used where no other is active, and what other languages fall back to. */
  readonly languageCode: string
  /** The languages that visitors may choose among, by their tags. Empty: the project's alone. */
  readonly languages?: readonly string[]
  /** Folders of catalogues, the first before the others: the project's, then those of its apps in order. */
  readonly localeDirs?: readonly string[]
}

/** The framework's own catalogues, behind all others. */
const ownFolder = join(import.meta.dirname, '..', 'locale')

/** The catalogues of a language, in the order they are asked. */
type Sources = readonly Catalogue[]

let chosen: readonly string[] = ['en']
let folders: readonly string[] = [ownFolder]
/** By language; read when a language is first used. */
let sources = new Map<string, Sources>()
/** The language that was asked for last, which is nearly always the one that is asked for next. */
let last: { readonly language: string; readonly sources: Sources } | undefined

/** Tells where translations are, and which languages there are. Part of `setup()`; catalogues that were read are forgotten. */
export function configureTranslations({ languageCode, languages = [], localeDirs = [] }: TranslationOptions): void {
  chosen = languages.length > 0 ? [...languages] : [languageCode]
  folders = [...localeDirs, ownFolder]
  sources = new Map()
  last = undefined
  setDefaultLanguage(languageCode)
}

/** The tags of the languages that visitors may choose among. */
export function availableLanguages(): readonly string[] {
  return chosen
}

/** Reads the catalogues of the languages there are, where that was not done yet. Throws `CatalogueError`. */
export function loadTranslations(): void {
  for (const language of new Set([defaultLanguage(), ...chosen])) sourcesOf(language)
}

/** What the active language has for a message. */
export function findTranslation(context: string | undefined, message: string): Translation | undefined {
  const language = getLanguage()
  if (last?.language !== language) last = { language, sources: sourcesOf(language) }
  const asked = last.sources
  if (asked.length === 0) return undefined
  const key = messageKey(context, message)
  for (const catalogue of asked) {
    const translation = catalogue.get(key)
    if (translation !== undefined) return translation
  }
  return undefined
}

function sourcesOf(language: string): Sources {
  const known = sources.get(language)
  if (known !== undefined) return known
  const own = loadCatalogue(language, folders)
  // Messages are English: what has no translation into English is not one into the project's language.
  const isEnglish = /^en(-|$)/i.test(language)
  const rest = isEnglish || language === defaultLanguage() ? [] : sourcesOf(defaultLanguage())
  const found = own === undefined ? rest : [own, ...rest]
  // Tags come from requests too: no more are kept than there are languages, and a few that code asks for.
  if (sources.size < 100) sources.set(language, found)
  return found
}

/** What the active language says for a message, or the message. */
export function translated(context: string | undefined, message: string): string {
  return findTranslation(context, message)?.forms[0] ?? message
}

/** What the active language says for a message with a number, or the message in its English form. */
export function translatedPlural(
  context: string | undefined,
  singular: string,
  plural: string,
  number: number | bigint,
): string {
  const translation = findTranslation(context, singular)
  const form = translation?.forms[translation.plural(Number(number))]
  return form ?? (Number(number) === 1 ? singular : plural)
}
