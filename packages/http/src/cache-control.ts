import { formatHttpDate } from './http-date.ts'
import type { HttpResponse } from './http-response.ts'

/** What `Cache-Control` may say of a response (RFC 9111 §5.2.2, RFC 5861, RFC 8246). Times are in seconds. */
export interface CacheControlOptions {
  readonly maxAge?: number
  readonly sMaxAge?: number
  readonly public?: boolean
  readonly private?: boolean
  readonly noCache?: boolean
  readonly noStore?: boolean
  readonly mustRevalidate?: boolean
  readonly proxyRevalidate?: boolean
  readonly mustUnderstand?: boolean
  readonly noTransform?: boolean
  readonly immutable?: boolean
  readonly staleWhileRevalidate?: number
  readonly staleIfError?: number
}

/** Directives in lower case, each with its value; `true` for one without. */
export type CacheDirectives = ReadonlyMap<string, string | true>

/** The directives of a response: their names in any case, values without quotes. */
export function cacheDirectives(response: HttpResponse): CacheDirectives {
  const directives = new Map<string, string | true>()
  for (const header of response.headers.getAll('Cache-Control')) {
    // A quoted value may hold commas: no-cache="Set-Cookie, X-Mine".
    for (const [, name, quoted, plain] of header.matchAll(/([^\s,;="]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;"]*)))?/g)) {
      directives.set(name!.toLowerCase(), quoted ?? plain ?? true)
    }
  }
  return directives
}

/** The seconds that a directive states; `undefined` where it is not there or states none. */
export function directiveSeconds(directives: CacheDirectives, name: string): number | undefined {
  const value = directives.get(name)
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined
}

/**
 * Adds directives to the `Cache-Control` of a response. `public` and `private` take each other's place; of two `maxAge`, the
 * shorter one holds; `false` takes a directive out. Django's `patch_cache_control`.
 */
export function patchCacheControl(response: HttpResponse, options: CacheControlOptions): void {
  const directives = new Map(cacheDirectives(response))
  const before = directiveSeconds(directives, 'max-age')
  if (options.public === true) directives.delete('private')
  if (options.private === true) directives.delete('public')
  for (const [option, value] of Object.entries(options) as [string, number | boolean | undefined][]) {
    const name = directiveName(option)
    if (value === false) directives.delete(name)
    else if (value !== undefined) directives.set(name, value === true ? true : String(Math.max(0, Math.floor(value))))
  }
  if (before !== undefined && options.maxAge !== undefined) {
    directives.set('max-age', String(Math.min(before, Math.max(0, Math.floor(options.maxAge)))))
  }
  if (directives.size === 0) response.headers.delete('Cache-Control')
  else response.headers.set('Cache-Control', [...directives].map(directiveText).join(', '))
}

/**
 * Has a response say that nobody may keep it, for a page that is one visitor's alone; gives it back. Django's
 * `add_never_cache_headers`.
 */
export function addNeverCacheHeaders<R extends HttpResponse>(response: R): R {
  response.headers.setDefault('Expires', formatHttpDate(Date.now()))
  patchCacheControl(response, { maxAge: 0, noCache: true, noStore: true, mustRevalidate: true, private: true })
  return response
}

function directiveName(option: string): string {
  return option === 'sMaxAge' ? 's-maxage' : option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function directiveText([name, value]: readonly [string, string | true]): string {
  if (value === true) return name
  return /^[\w-]+$/.test(value) ? `${name}=${value}` : `${name}="${value}"`
}
