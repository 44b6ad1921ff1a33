export * from './date-format.ts'
export * from './date-names.ts'
export * from './date-value.ts'
export * from './default-formats.ts'
export { ordinalSuffix } from './english-names.ts'
export * from './errors.ts'
export type { FoundMessage } from './extraction/found-message.ts'
export { sourceMessages } from './extraction/source-messages.ts'
export { templateMessages } from './extraction/template-messages.ts'
export * from './list-format.ts'
export * from './number-format.ts'
export * from './slugify.ts'
export * from './time-since.ts'
export * from './time-zone.ts'
export * from './translation/accept-language.ts'
export { cataloguesIn } from './translation/find-catalogues.ts'
export * from './translation/gettext.ts'
export { defaultLanguage, getLanguage, withChosenLanguage, withLanguage } from './translation/language.ts'
export { type LanguageInfo, languageChain, languageInfo } from './translation/language-tags.ts'
export * from './translation/lazy-text.ts'
export { fillMessage, type MessageParams, type PlaceholderOf } from './translation/message-params.ts'
export { type PluralRule, pluralRule } from './translation/plural-rule.ts'
export { readPoFile } from './translation/po-file.ts'
export {
  availableLanguages,
  configureTranslations,
  loadTranslations,
  type TranslationOptions,
} from './translation/translations.ts'
