import { slugify } from '@nuages/i18n'
import { conditionalEscape, markSafe, SafeString } from '../safe-string.ts'
import { integerOf, keepSafe, textFilter, textOf } from './filter-text.ts'
import { formatPercent } from './string-format.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

function truncateCharacters(text: string, limit: unknown): string {
  const length = integerOf(limit, Number.POSITIVE_INFINITY)
  const characters = Array.from(segmenter.segment(text), ({ segment }) => segment)
  if (characters.length <= length) return text
  return `${characters.slice(0, Math.max(0, length - 1)).join('')}…`
}

function truncateWords(text: string, limit: unknown): string {
  const words = text.trim().split(/\s+/)
  const count = integerOf(limit, words.length)
  return words.length > count ? `${words.slice(0, count).join(' ')} …` : words.join(' ')
}

function wrapWords(text: string, width: unknown): string {
  const limit = integerOf(width, 80)
  const wrapLine = (line: string): string => {
    const lines: string[] = []
    for (const word of line.split(' ')) {
      const last = lines.at(-1)
      if (last !== undefined && last.length + 1 + word.length <= limit) lines[lines.length - 1] = `${last} ${word}`
      else lines.push(word)
    }
    return lines.join('\n')
  }
  return text.split('\n').map(wrapLine).join('\n')
}

/** Nunjucks' `replace`, except that what is put into safe HTML is escaped. */
function replace(value: unknown, old: unknown, replacement: unknown, limit?: unknown): string | SafeString {
  const isSafe = value instanceof SafeString
  const [text, put] = [textOf(value), isSafe ? conditionalEscape(replacement) : textOf(replacement)]
  if (old instanceof RegExp) return keepSafe(value, text.replace(old, put))
  const parts = text.split(textOf(old))
  const count = integerOf(limit, -1)
  const cut = count < 0 ? parts.length : Math.min(count, parts.length - 1) + 1
  const rest = parts.slice(cut).map((part) => textOf(old) + part)
  return keepSafe(value, parts.slice(0, cut).join(put) + rest.join(''))
}

export const textFilters = {
  addslashes: textFilter((text) => text.replace(/[\\"']/g, '\\$&')),
  capfirst: textFilter((text) => text.replace(/^./u, (first) => first.toUpperCase())),
  /** Taking `&` or `;` out of safe HTML may unmask what was escaped: the result is not safe then. */
  cut(value: unknown, part: unknown): string | SafeString {
    const removed = textOf(part)
    const result = textOf(value).replaceAll(removed, '')
    return /[;&<>"']/.test(removed) ? result : keepSafe(value, result)
  },
  replace,
  slugify: (value: unknown) => slugify(textOf(value)),
  stringformat: (value: unknown, format: unknown) => formatPercent(value, textOf(format)),
  truncatechars: textFilter(truncateCharacters),
  truncatewords: textFilter(truncateWords),
  wordcount: (value: unknown) => textOf(value).match(/\S+/g)?.length ?? 0,
  wordwrap: textFilter(wrapWords),
  string: (value: unknown) => (value instanceof SafeString ? markSafe(value.toString()) : textOf(value)),
}
