import { type HttpRequest, type HttpResponse, patchVaryHeaders, type StreamingHttpResponse } from '@nuages/http'
import { compressStream } from '../compression/compress-stream.ts'
import { type ContentCoding, compressWhole } from '../compression/content-codings.ts'
import { isCompressible, isShort } from '../compression/is-compressible.ts'
import { wantedCoding } from '../compression/negotiate.ts'
import { lengthPadding } from '../compression/padding.ts'
import type { MaybeResponse, Middleware } from './middleware.ts'
import { middlewareOf } from './middleware-steps.ts'

/**
 * Compresses answers with Brotli, Zstandard or gzip for clients that take it, streams too, in a way that does not give secrets
 * in pages away: see `docs/compression.md`. Django's `GZipMiddleware`.
 */
export const compressionMiddleware: Middleware = middlewareOf(
  'compressionMiddleware',
  { after: compressed },
  { isUsed: ({ compression }) => compression },
)

function compressed(request: HttpRequest, response: HttpResponse): MaybeResponse {
  const { coding, refusesIdentity } = wantedCoding(request.environ.HTTP_ACCEPT_ENCODING)
  if ((isShort(response) && !refusesIdentity) || !isCompressible(response)) return response
  // Also where this client takes none: a cache has to keep it apart from what others are sent.
  patchVaryHeaders(response, ['Accept-Encoding'])
  if (coding === undefined) return response
  const padding = lengthPadding(request, response)
  return padding === undefined ? response : encode(response, ...coding, padding)
}

function encode(response: HttpResponse, name: string, coding: ContentCoding, padding: number): MaybeResponse {
  const { headers } = response
  headers.set('Content-Encoding', name)
  headers.delete('Content-Length')
  headers.delete('Accept-Ranges')
  // Two answers with this tag mean the same, and need not be the same bytes (RFC 9110 §8.8.3).
  const etag = headers.get('ETag')
  if (etag?.startsWith('"')) headers.set('ETag', `W/${etag}`)
  if (response.streaming) {
    const stream = response as StreamingHttpResponse
    stream.streamingContent = compressStream(coding, stream.streamingContent, padding)
    return response
  }
  return compressWhole(coding, response.bytes(), padding).then((content) => {
    response.content = content
    return response
  })
}
