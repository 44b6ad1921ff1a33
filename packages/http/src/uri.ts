/** Escapes a decoded path for a URL: `/a b?` → `/a%20b%3F`. Django's `escape_uri_path`. */
export function escapePath(path: string): string {
  return encodeURI(path.toWellFormed()).replaceAll(/[?#;]/g, encodeURIComponent)
}

/** Escapes what a URI cannot hold and leaves its escapes and delimiters alone. Django's `iri_to_uri`. */
export function iriToUri(iri: string): string {
  if (plainUri.test(iri)) return iri
  return encodeURI(iri.toWellFormed()).replaceAll('%25', '%').replaceAll('%5B', '[').replaceAll('%5D', ']')
}

const plainUri = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/
