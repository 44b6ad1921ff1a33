import { randomInt } from 'node:crypto'
import { type HttpRequest, type HttpResponse, hasVaryHeader } from '@nuages/http'

const maxPadding = 100

/**
 * How many bytes that mean nothing are to hide the length of an answer, or `undefined` where it must not be compressed.
 *
 * Compression tells by the length of an answer whether what a request brought along stands in it already: who can make a
 * visitor's browser ask, and sees how long the answers are, guesses a secret in the page bit by bit (BREACH). So what belongs
 * to one visitor is not compressed where another site made the browser ask, and has a random length where no header says
 * who did.
 */
export function lengthPadding(request: HttpRequest, response: HttpResponse): number | undefined {
  const { HTTP_COOKIE: cookie } = request.environ
  const isPersonal = dependsOnVisitor(request, response)
  if (isPersonal && isAskedByOthers(request)) return undefined
  return isPersonal || cookie !== undefined ? randomInt(1, maxPadding + 1) : 0
}

/** Whether the answer may be another for another visitor. Sessions and CSRF tokens say so by `Vary: Cookie`. */
function dependsOnVisitor(request: HttpRequest, response: HttpResponse): boolean {
  return (
    request.environ.HTTP_AUTHORIZATION !== undefined ||
    response.setCookieHeaders().length > 0 ||
    ['Cookie', 'Authorization', '*'].some((name) => hasVaryHeader(response, name)) ||
    /\b(?:private|no-store)\b/i.test(response.headers.getAll('Cache-Control').join())
  )
}

function isAskedByOthers(request: HttpRequest): boolean {
  const site = request.headers.get('Sec-Fetch-Site')
  return site === 'cross-site' || site === 'same-site'
}
