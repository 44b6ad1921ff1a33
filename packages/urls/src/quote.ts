const plainPath = /^[\w\-.~!$&'()*+,;=/:@]*$/

/** Percent-encodes a path for a URL as Django's `reverse` does: what RFC 3986 allows in a path stays, `//` never leads. */
export function quotePath(path: string): string {
  const quoted = plainPath.test(path)
    ? path
    : encodeURI(path.toWellFormed()).replaceAll('?', '%3F').replaceAll('#', '%23')
  // A browser reads '//evil.example' as another host.
  return quoted.startsWith('//') ? `/%2F${quoted.slice(2)}` : quoted
}

/** Percent-encodes what follows a `#`. */
export function quoteFragment(fragment: string): string {
  return encodeURI(fragment.toWellFormed()).replaceAll('#', '%23')
}
