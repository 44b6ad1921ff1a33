import { posix } from 'node:path'
import { escapePath } from '@nuages/http'

/** A reference that leads to a static file. */
export interface ResolvedReference {
  /** The path of that file, below the static URL. */
  readonly path: string
  /** The URL with the file's name replaced by that of `path`; its folders, query and fragment stay as they were written. */
  urlOf(path: string): string
}

const scheme = /^[a-z][a-z0-9+.-]*:/i
/** No host has it, so what is on it is what was relative or a path. */
const placeholder = 'http://static.invalid'

/**
 * What `url` in the static file `from` refers to; nothing where that is no static file's place: `data:` and other schemes,
 * other servers, a fragment of the file itself, a folder, what is outside of `staticUrl`.
 */
export function resolveReference(from: string, url: string, staticUrl: string): ResolvedReference | undefined {
  const target = url.replace(/[?#].*$/s, '')
  const suffix = url.slice(target.length)
  const base = new URL(staticUrl, placeholder)
  const isOwn = target.startsWith(staticUrl)
  if (target === '' || (!isOwn && (scheme.test(target) || /^[\\/]{2}/.test(target)))) return undefined
  const resolved = URL.parse(target, new URL(escapePath(from), base))
  if (resolved === null || resolved.origin !== base.origin || !resolved.pathname.startsWith(base.pathname)) {
    return undefined
  }
  const path = decoded(resolved.pathname.slice(base.pathname.length))
  if (path === '' || path.endsWith('/')) return undefined
  const folder = target.slice(0, Math.max(target.lastIndexOf('/'), target.lastIndexOf('\\')) + 1)
  return { path, urlOf: (other) => folder + encoded(posix.basename(other)) + suffix }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** With what ends a text or a `url()` escaped as well. */
function encoded(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
}
