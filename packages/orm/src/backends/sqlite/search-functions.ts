import type { FunctionHost } from './function-host.ts'

/** As the tokenizer unicode61 of FTS5 takes words: letters, numbers, and what fonts put in private places. */
const words = /[\p{L}\p{N}\p{M}\p{Co}]+/gu

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(words) ?? []
}

/** What `search` needs: the words that a text has, and a query in the language of FTS5 that asks for all of some words. */
export function registerSearchFunctions(host: FunctionHost): void {
  const options = { deterministic: true }
  host.function('nuages_search', options, (text: unknown, query: string | null) => {
    if (query === null) return null
    const has = new Set(text === null ? [] : wordsOf(String(text)))
    return Number(wordsOf(query).every((word) => has.has(word)))
  })
  host.function('nuages_search_query', options, (query: string | null) =>
    query === null
      ? null
      : wordsOf(query)
          .map((word) => `"${word}"`)
          .join(' '),
  )
}
