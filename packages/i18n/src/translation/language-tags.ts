/** Tags come from requests: a longer one is of no language, and work on it would be a visitor's gain. */
const maxLength = 100

/**
 * The languages that may speak for `tag`, the nearest first: `ko-KR`, then `ko`; for `zh-TW`, `zh-Hant` stands between. In lower
 * case, which is how they are compared. Empty for what is no tag.
 */
export function languageChain(tag: string): readonly string[] {
  if (tag.length > maxLength) return []
  const lower = tag.toLowerCase()
  const parts = lower.split('-')
  const chain = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
  const script = scriptOf(tag)
  if (script !== undefined) chain.splice(-1, 0, `${parts[0]}-${script}`)
  return [...new Set(chain)]
}

/** The script that a tag with a region implies. */
function scriptOf(tag: string): string | undefined {
  try {
    const locale = new Intl.Locale(tag)
    return locale.region === undefined ? undefined : locale.maximize().script?.toLowerCase()
  } catch {
    return undefined
  }
}

/** What is known of a language: Django's `get_language_info`. */
export interface LanguageInfo {
  readonly code: string
  /** In English: `'Korean'`. */
  readonly name: string
  /** In itself: `'한국어'`. */
  readonly nameLocal: string
  /** Whether it is written from right to left. */
  readonly bidi: boolean
}

/** What is known of the language of a tag. Throws `RangeError` for what is no tag. */
export function languageInfo(tag: string): LanguageInfo {
  const locale = new Intl.Locale(tag) as Intl.Locale & { getTextInfo(): { readonly direction?: string } }
  const named = (language: string) =>
    new Intl.DisplayNames([language], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag
  return { code: tag, name: named('en'), nameLocal: named(tag), bidi: locale.getTextInfo().direction === 'rtl' }
}
