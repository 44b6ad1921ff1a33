import { HttpResponse } from '@nuages/http'

/** A response as the cache keeps it. */
export interface StoredPage {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly charset: string
  readonly content: string | Uint8Array
  /** Milliseconds since the epoch. */
  readonly storedAt: number
}

/** What says something of one answer alone. */
const ofOneAnswer = new Set([
  'date',
  'age',
  'content-length',
  'x-request-id',
  'server-timing',
  'ratelimit',
  'ratelimit-policy',
])

export function toStoredPage(response: HttpResponse): StoredPage {
  const headers = [...response.headers].filter(([name]) => !ofOneAnswer.has(name.toLowerCase()))
  return {
    status: response.status,
    headers,
    charset: response.charset,
    content: response.content,
    storedAt: Date.now(),
  }
}

/** A response of its own, which whoever stands around may change. `Age` tells other caches how old it is (RFC 9111 §5.1). */
export function fromStoredPage({ status, headers, charset, content, storedAt }: StoredPage): HttpResponse {
  const response = new HttpResponse(content, { status, charset, headers, contentType: '' })
  response.headers.set('Age', String(Math.max(0, Math.floor((Date.now() - storedAt) / 1000))))
  return response
}
