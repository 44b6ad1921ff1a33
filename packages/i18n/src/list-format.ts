import { getLanguage } from './translation/language.ts'

const formatters = new Map<string, Intl.ListFormat>()

/** Names one after another, as the active language joins them: `'a, b and c'`. */
export function formatList(items: Iterable<string>): string {
  const language = getLanguage()
  let formatter = formatters.get(language)
  if (formatter === undefined) {
    formatter = new Intl.ListFormat(localeOf(language))
    formatters.set(language, formatter)
  }
  return formatter.format(items)
}

/** English without the comma before the last `and`. */
function localeOf(language: string): string {
  if (language === 'en') return 'en-GB'
  return Intl.ListFormat.supportedLocalesOf([language]).length > 0 ? language : 'en-GB'
}
