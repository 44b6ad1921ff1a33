const special = /[:/_#?;@&=+$,"[\]<>%\n\\]/g

/** A key as a part of a path, without what would end the part or escape it. Django's `quote`. */
export function quoteKey(key: unknown): string {
  return String(key).replace(
    special,
    (character) => `_${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** The key that `quoteKey` wrote. Django's `unquote`. */
export function unquoteKey(part: string): string {
  return part.replace(/_([0-9A-F]{2})/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
