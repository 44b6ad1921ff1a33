/** What a request target says, decoded as far as the contract asks. */
export interface RequestTarget {
  /** Percent-decoded as UTF-8. `'*'` for `OPTIONS *`. */
  readonly path: string
  /** As sent, without the `?`. */
  readonly query: string
  /** The authority of an absolute target, which goes before the Host header (RFC 9112 §3.2.2). */
  readonly host: string | undefined
}

const plainPath = /^\/[!"$&->@-~]*$/
const visibleWithoutFragment = /^[!"$-~]+$/
const absolute = /^https?:\/\/([^/?@]+)(?=[/?]|$)/i

/** Decodes `%XX` as UTF-8; `undefined` where that is malformed, or hides a NUL. */
export function decodePath(path: string): string | undefined {
  if (!path.includes('%')) return path
  try {
    const decoded = decodeURIComponent(path)
    return decoded.includes('\0') ? undefined : decoded
  } catch {
    return undefined
  }
}

/** Reads the target of a request line (RFC 9112 §3.2); `undefined` where it is malformed. */
export function parseRequestTarget(target: string): RequestTarget | undefined {
  if (plainPath.test(target)) return { path: target, query: '', host: undefined }
  if (!visibleWithoutFragment.test(target)) return undefined
  if (target === '*') return { path: '*', query: '', host: undefined }
  const authority = target.startsWith('/') ? null : absolute.exec(target)
  const rest = authority ? target.slice(authority[0].length) : target
  const mark = rest.indexOf('?')
  const rawPath = mark === -1 ? rest : rest.slice(0, mark)
  if (!rawPath.startsWith('/') && !(authority && rawPath === '')) return undefined
  const path = decodePath(rawPath === '' ? '/' : rawPath)
  return path === undefined ? undefined : { path, query: mark === -1 ? '' : rest.slice(mark + 1), host: authority?.[1] }
}
