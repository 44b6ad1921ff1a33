const special = /[:/_#?;@&=+$,"[\]<>%\n\\]/g

/** An empty key: a part of a path cannot be empty, and `_` alone is what no other key becomes. */
const nothing = '_'

/**
 * A key as a part of a path, without what would end the part or escape it, and never a part that browsers take for a step up
 * or none. `quoteKey` of related.js does the same. Django's `quote`.
 */
export function quoteKey(key: unknown): string {
  const text = String(key)
  if (text === '') return nothing
  return text.replace(/^\.\.?$/.test(text) ? /\./g : special, quoted)
}

function quoted(character: string): string {
  return `_${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** The key that `quoteKey` wrote. Django's `unquote`. */
export function unquoteKey(part: string): string {
  if (part === nothing) return ''
  return part.replace(/_([0-9A-F]{2})/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
