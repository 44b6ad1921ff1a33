import { textOf } from './filter-text.ts'

/** Percent-encodes all but letters, digits, `_.-~` and the characters in `safe`. Python's `urllib.parse.quote`. */
function quote(text: string, safe: string): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  })
  return Array.from(safe).reduce(
    (result, character) => result.replaceAll(encodeURIComponent(character), character),
    encoded,
  )
}

/** A text, with `/` kept as in Django; an object or a list of pairs as a query string, as in Nunjucks. */
function urlEncode(value: unknown, safe: unknown = '/'): string {
  if (typeof value !== 'object' || value === null || value instanceof String) return quote(textOf(value), textOf(safe))
  const pairs = Symbol.iterator in value ? Array.from(value as Iterable<[unknown, unknown]>) : Object.entries(value)
  return pairs.map(([name, item]) => `${quote(textOf(name), '')}=${quote(textOf(item), '')}`).join('&')
}

export const urlFilters = { urlencode: urlEncode }
