import { entityTag, matchesStrongly, matchesWeakly, parseEntityTags } from './entity-tag.ts'
import { parseHttpDate } from './http-date.ts'
import type { HttpRequest } from './http-request.ts'
import { HttpResponse } from './http-response.ts'
import { HttpResponseNotModified } from './status-responses.ts'

/** What is known of a representation without producing it. */
export interface Validators {
  /** With its quotes, and `W/` in front where it is weak. */
  readonly etag?: string | undefined
  /** Milliseconds since the epoch; compared in whole seconds, as HTTP dates have no more. */
  readonly lastModified?: number | undefined
}

/** What a request's conditions say: go on, answer 304, or answer 412. */
export type ConditionResult = 'proceed' | 'notModified' | 'preconditionFailed'

/** Evaluates the conditions of a request in the order of RFC 9110 §13.2.2. `If-Range` belongs to who serves ranges. */
export function evaluateConditions(request: HttpRequest, validators: Validators): ConditionResult {
  const { HTTP_IF_NONE_MATCH: ifNoneMatch, HTTP_IF_MODIFIED_SINCE: ifModifiedSince } = request.environ
  const { HTTP_IF_MATCH: ifMatch, HTTP_IF_UNMODIFIED_SINCE: ifUnmodifiedSince } = request.environ
  if (ifMatch !== undefined) {
    if (!ifMatchHolds(ifMatch, validators.etag)) return 'preconditionFailed'
  } else if (ifUnmodifiedSince !== undefined && modifiedSince(ifUnmodifiedSince, validators.lastModified) === true) {
    return 'preconditionFailed'
  }
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatchHolds(ifNoneMatch, validators.etag)) return 'proceed'
    return reads ? 'notModified' : 'preconditionFailed'
  }
  if (reads && ifModifiedSince !== undefined && modifiedSince(ifModifiedSince, validators.lastModified) === false) {
    return 'notModified'
  }
  return 'proceed'
}

function ifMatchHolds(header: string, etag: string | undefined): boolean {
  const tags = parseEntityTags(header)
  if (tags === '*') return true
  return etag !== undefined && tags.some((tag) => matchesStrongly(tag, etag))
}

function ifNoneMatchHolds(header: string, etag: string | undefined): boolean {
  const tags = parseEntityTags(header)
  if (tags === '*') return false
  return etag === undefined || !tags.some((tag) => matchesWeakly(tag, etag))
}

/** Whether something changed after the date of a header; `undefined` where either side is unknown. */
function modifiedSince(header: string, lastModified: number | undefined): boolean | undefined {
  const date = parseHttpDate(header)
  if (date === undefined || lastModified === undefined) return undefined
  return Math.floor(lastModified / 1000) * 1000 > date
}

/** Gives a response the entity tag of its content, unless it has one, streams, or may not be stored. */
export function setEntityTag(response: HttpResponse): void {
  if (response.streaming || response.headers.has('ETag')) return
  if (response.headers.get('Cache-Control')?.toLowerCase().includes('no-store')) return
  response.headers.set('ETag', entityTag(response.content))
}

const keptHeaders = ['Cache-Control', 'Content-Location', 'Date', 'ETag', 'Expires', 'Last-Modified', 'Vary']

/**
 * What a GET or HEAD is answered in place of a successful `response`, by the request's conditions and the response's `ETag`
 * and `Last-Modified`: 304 with the headers RFC 9110 §15.4.5 asks for and the response's cookies, 412, or the response itself.
 * Django's `get_conditional_response`.
 */
export function conditionalResponse(request: HttpRequest, response: HttpResponse): HttpResponse {
  if ((request.method !== 'GET' && request.method !== 'HEAD') || response.status !== 200) return response
  const date = response.headers.get('Last-Modified')
  const lastModified = date === undefined ? undefined : parseHttpDate(date)
  const result = evaluateConditions(request, { etag: response.headers.get('ETag'), lastModified })
  if (result === 'proceed') return response
  const answer = result === 'notModified' ? new HttpResponseNotModified() : new HttpResponse('', { status: 412 })
  for (const name of keptHeaders) {
    for (const value of response.headers.getAll(name)) answer.headers.append(name, value)
  }
  answer.copyCookies(response)
  return answer
}
