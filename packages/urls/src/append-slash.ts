import { quotePath } from './quote.ts'
import type { UrlResolver } from './resolver.ts'
import { getUrlconf } from './urlconf.ts'

/**
 * Where a path without a trailing slash should be redirected: `path` with one, percent-encoded, if the URLconf knows only
 * that; else `undefined`. It never starts with `//`, which a browser would take for another host. `path` is decoded and
 * without `SCRIPT_NAME`. The rule behind Django's `APPEND_SLASH`.
 */
export function appendSlash(path: string, resolver: UrlResolver = getUrlconf()): string | undefined {
  if (path.endsWith('/') || resolver.find(path) !== undefined) return undefined
  const slashed = `${path}/`
  return resolver.find(slashed) === undefined ? undefined : quotePath(slashed)
}
