const headerNames = new Map<string, string | undefined>()

// What an application asks for comes from its code, so few names are ever seen; a caller that asks for names out of a
// request must not make the table grow without end.
const remembered = 1024

/**
 * The header that a name of the environ stands for, in lower case: `HTTP_X_FORWARDED_FOR` is `x-forwarded-for`. A header
 * that has `_` in its own name has no environ name: it would be taken for the one with `-`, which a proxy may have set.
 * `undefined` for what is not a header's name, among them `HTTP_CONTENT_TYPE` and `HTTP_CONTENT_LENGTH` (RFC 3875 §4.1.18).
 */
export function headerOfEnvironName(name: string): string | undefined {
  const known = headerNames.get(name)
  if (known !== undefined) return known
  if (!name.startsWith('HTTP_') || name.length === 5 || /[-a-z]/.test(name)) return undefined
  if (name === 'HTTP_CONTENT_TYPE' || name === 'HTTP_CONTENT_LENGTH') return undefined
  const header = name.slice(5).toLowerCase().replaceAll('_', '-')
  if (headerNames.size < remembered) headerNames.set(name, header)
  return header
}

/**
 * The name in the environ that a header has (PEP 3333, RFC 3875 §4.1.18): `CONTENT_TYPE`, `HTTP_ACCEPT`; `undefined` for one
 * with `_`, which must not appear.
 */
export function environNameOfHeader(header: string): string | undefined {
  if (header.includes('_')) return undefined
  const name = header.toUpperCase().replaceAll('-', '_')
  return name === 'CONTENT_TYPE' || name === 'CONTENT_LENGTH' ? name : `HTTP_${name}`
}
