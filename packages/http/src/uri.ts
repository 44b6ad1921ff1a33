/** Escapes a decoded path for a URL: `/a b?` → `/a%20b%3F`. Django's `escape_uri_path`. */
export function escapePath(path: string): string {
  return encodeURI(path.toWellFormed()).replaceAll(/[?#;]/g, encodeURIComponent)
}

/** Escapes what a URI cannot hold and leaves its escapes and delimiters alone. Django's `iri_to_uri`. */
export function iriToUri(iri: string): string {
  if (plainUri.test(iri)) return iri
  return encodeURI(iri.toWellFormed()).replaceAll('%25', '%').replaceAll('%5B', '[').replaceAll('%5D', ']')
}

/**
 * Escapes what of a query string a URI cannot hold. Servers hand over its raw bytes one a character, so a character up to U+00FF
 * is the byte it was.
 */
export function escapeQuery(query: string): string {
  if (plainUri.test(query)) return query
  return query.toWellFormed().replaceAll(/[^\w\-.~:/?@!$&'()*+,;=%]/gu, (char) => {
    const code = char.codePointAt(0)!
    return code > 0xff ? encodeURIComponent(char) : `%${code.toString(16).toUpperCase().padStart(2, '0')}`
  })
}

const plainUri = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/
