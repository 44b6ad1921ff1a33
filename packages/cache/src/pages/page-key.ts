import { hash } from 'node:crypto'
import type { HttpRequest, HttpResponse } from '@nuages/http'
import { currentTimeZone, getLanguage } from '@nuages/i18n'

/** The key under which the headers are kept that the answers at a request's address depend on. */
export function varyKey(request: HttpRequest, prefix: string): string {
  return `page:vary:${prefix}:${digest(addressOf(request))}`
}

/** The key of the answer to a request, of which the answer depends on `names`: what has no such header is not what has it empty. */
export function pageKey(request: HttpRequest, prefix: string, names: readonly string[]): string {
  const headers = names.map((name) => [name, request.headers.get(name) ?? null])
  return `page:${prefix}:${digest([...addressOf(request), headers])}`
}

/** The names of `Vary` in lower case, in one order; `undefined` where it says that no two requests are alike. */
export function varyingNames(response: HttpResponse): readonly string[] | undefined {
  const names = response.headers
    .getAll('Vary')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
  return names.includes('*') ? undefined : [...new Set(names)].sort()
}

/** The language and the zone are what the middleware made of headers, cookies and the user. */
function addressOf(request: HttpRequest): readonly unknown[] {
  return [request.buildAbsoluteUri(), getLanguage(), currentTimeZone()]
}

function digest(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url')
}
