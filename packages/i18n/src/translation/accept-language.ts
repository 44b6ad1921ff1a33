import { languageChain } from './language-tags.ts'

/** A language that a client would take, and how much it would like it (RFC 9110 §12.4.2), above 0 up to 1. */
export interface LanguageRange {
  /** In lower case; `'*'` stands for any other. */
  readonly range: string
  readonly quality: number
}

/** More of a header is not read: browsers send a tenth of it. Django's limit. */
const maxLength = 500

const item = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/

/**
 * Reads a header Accept-Language (RFC 9110 §12.5.4): what the client likes most comes first, and in the order it was written where
 * it likes two the same. What is no language range is passed over, and of a header that is too long, the rest.
 */
export function parseAcceptLanguage(header: string): readonly LanguageRange[] {
  const read = header.length > maxLength ? header.slice(0, header.lastIndexOf(',', maxLength - 1) + 1) : header
  return read
    .toLowerCase()
    .split(',')
    .flatMap((text) => {
      const [, range, quality = '1'] = item.exec(text.replace(/^[ \t]+|[ \t]+$/g, '')) ?? []
      return range === undefined ? [] : [{ range, quality: Number(quality) }]
    })
    .sort((a, b) => b.quality - a.quality)
}

/**
 * The one of `available` (tags) that speaks for `tag`: itself, one it implies (`ko` for `ko-KR`), or another kind of the same language
 * (`pt-BR` for `pt`). `undefined` where there is none.
 */
export function supportedLanguage(tag: string, available: readonly string[]): string | undefined {
  const chain = languageChain(tag)
  for (const candidate of chain) {
    const found = available.find((language) => language.toLowerCase() === candidate)
    if (found !== undefined) return found
  }
  const language = `${chain.at(-1) ?? tag}-`
  return available.find((other) => other.toLowerCase().startsWith(language))
}

/** The one of `available` that a client likes most by its header Accept-Language; `undefined` where it names none of them. */
export function preferredLanguage(header: string, available: readonly string[]): string | undefined {
  const ranges = parseAcceptLanguage(header)
  const refused = new Set(ranges.flatMap(({ range, quality }) => (quality === 0 ? [range] : [])))
  const isRefused = (language: string) => languageChain(language).some((tag) => refused.has(tag))
  for (const { range, quality } of ranges) {
    if (quality === 0) break
    if (range === '*') return available.find((language) => !isRefused(language))
    const found = supportedLanguage(range, available)
    if (found !== undefined && !refused.has(found.toLowerCase())) return found
  }
  return undefined
}
