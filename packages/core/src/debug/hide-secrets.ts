// an author is no secret, an Authorization header is
const secretName = /api|auth(?!or(?!i[sz]))|key(?!word)|pass|pwd|secret|session|signature|token|cookie|csrf/i
const hidden = '••••••••'
const deepest = 4

/**
 * A copy of `value` for the debug page: what is named like a secret is hidden, in the queries of URLs too, and so
 * are their passwords. Django's
 * `SafeExceptionReporterFilter`.
 */
export function hideSecrets(value: unknown, name = '', depth = 0): unknown {
  if (secretName.test(name) && value !== '' && typeof value !== 'boolean' && value !== undefined) return hidden
  if (typeof value === 'string') return hideInUrls(value)
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value
  if (depth >= deepest) return Array.isArray(value) ? '[…]' : '{…}'
  if (Array.isArray(value)) return value.map((item) => hideSecrets(item, '', depth + 1))
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideSecrets(inner, key, depth + 1)]))
}

/** `postgres://user:secret@host/db?sslpassword=secret` without its secrets, wherever in a text it stands. */
function hideInUrls(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/]+@/gi, `$1${hidden}@`)
    .replace(/([?&]([^\s=&#]+)=)[^\s&#]+/g, (pair, start: string, name: string) =>
      secretName.test(name) ? start + hidden : pair,
    )
}
