import { createRequire } from 'node:module'
import type { GetTextTranslation, GetTextTranslations } from 'gettext-parser'
import { messageKey } from '../translation/catalogue.ts'
import type { FoundMessage } from './found-message.ts'

const require = createRequire(import.meta.url)

/** A message of a project, with where it stands. */
export interface PlacedMessage extends FoundMessage {
  /** The file, as the catalogue names it. */
  readonly file: string
}

export interface CatalogueUpdate {
  /** The catalogue, as its file is to be. */
  readonly content: string
  /** How many messages it has, and how many of them have no translation yet. */
  readonly messages: number
  readonly untranslated: number
}

/** GNU's rules of languages that are no rarity; others are filled in by whoever translates. */
const pluralRules: readonly (readonly [languages: string, rule: string])[] = [
  ['ja ko th vi zh id ms', 'nplurals=1; plural=0;'],
  ['fr pt-br hy', 'nplurals=2; plural=(n > 1);'],
  [
    'ru uk be sr hr bs',
    'nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);',
  ],
  ['pl', 'nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);'],
  ['cs sk', 'nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;'],
  ['ar', 'nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);'],
]

function pluralRuleOf(language: string): string {
  const lower = language.toLowerCase()
  const names = [lower, lower.split('-')[0]!]
  const found = pluralRules.find(([languages]) => languages.split(' ').some((name) => names.includes(name)))
  return found?.[1] ?? 'nplurals=2; plural=(n != 1);'
}

/**
 * The catalogue of a language with the messages that its sources have by now: translations are kept, new messages have none yet, and
 * those that are gone stand at the end as obsolete. `existing` is what the file has, if there is one.
 */
export function updateCatalogue(
  language: string,
  messages: readonly PlacedMessage[],
  existing: string | undefined,
): CatalogueUpdate {
  const { po } = require('gettext-parser') as typeof import('gettext-parser')
  const before: GetTextTranslations =
    existing === undefined ? emptyCatalogue(language) : po.parse(existing, { defaultCharset: 'utf-8' })
  const known = new Map<string, GetTextTranslation>()
  for (const table of [before.obsolete ?? {}, before.translations]) {
    for (const one of Object.values(table).flatMap((byMessage) => Object.values(byMessage))) {
      if (one.msgid !== '') known.set(messageKey(one.msgctxt || undefined, one.msgid), one)
    }
  }
  const translations: GetTextTranslations['translations'] = { '': headerOf(before) }
  const used = new Set<string>()
  for (const group of Map.groupBy(messages, ({ context, message }) => messageKey(context, message)).values()) {
    const [first] = group as [PlacedMessage, ...PlacedMessage[]]
    const key = messageKey(first.context, first.message)
    used.add(key)
    const context = first.context ?? ''
    translations[context] ??= {}
    translations[context][first.message] = entryOf(group, known.get(key))
  }
  const gone = [...known].filter(([key, { msgstr }]) => !used.has(key) && msgstr.some((form) => form !== ''))
  const obsolete: GetTextTranslations['translations'] = {}
  for (const [, one] of gone) {
    obsolete[one.msgctxt ?? ''] ??= {}
    obsolete[one.msgctxt ?? '']![one.msgid] = { ...one, obsolete: true }
  }
  const content = po.compile({ ...before, translations, obsolete }).toString()
  const entries = Object.values(translations).flatMap((table) =>
    Object.values(table).filter(({ msgid }) => msgid !== ''),
  )
  const untranslated = entries.filter(({ msgstr }) => msgstr.some((form) => form === '')).length
  return { content: content.endsWith('\n') ? content : `${content}\n`, messages: entries.length, untranslated }
}

function entryOf(places: readonly PlacedMessage[], known: GetTextTranslation | undefined): GetTextTranslation {
  const [{ message, context }] = places as [PlacedMessage]
  const plural = places.find((place) => place.plural !== undefined)?.plural
  const references = [...new Set(places.map(({ file, line }) => `${file}:${line}`))].join('\n')
  return {
    ...(context === undefined ? {} : { msgctxt: context }),
    msgid: message,
    ...(plural === undefined ? {} : { msgid_plural: plural }),
    msgstr: known?.msgstr ?? (plural === undefined ? [''] : ['', '']),
    comments: { ...known?.comments, reference: references },
  }
}

function headerOf({ translations }: GetTextTranslations): Record<string, GetTextTranslation> {
  const header = translations['']?.['']
  return header === undefined ? {} : { '': header }
}

function emptyCatalogue(language: string): GetTextTranslations {
  const headers = {
    Language: language.replaceAll('-', '_'),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Transfer-Encoding': '8bit',
    'Plural-Forms': pluralRuleOf(language),
  }
  return { charset: 'utf-8', headers, translations: { '': { '': { msgid: '', msgstr: [''] } } } }
}
