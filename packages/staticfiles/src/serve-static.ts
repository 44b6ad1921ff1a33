import {
  FileResponse,
  Http404,
  type HttpRequest,
  type HttpResponse,
  HttpResponseNotAllowed,
  patchVaryHeaders,
  preferredEncoding,
} from '@nuages/http'
import { locateStatic, type ServedStatic } from './locate-static.ts'
import type { Precompression } from './precompressed.ts'
import { servingPolicy } from './staticfiles-settings.ts'

const forEver = 'public, max-age=31536000, immutable'

/**
 * A view that answers with the static file of that path: ranges, conditions and caching as `FileResponse` gives them, what
 * `collectstatic` compressed to who takes it, names with a hash to be kept for ever, no directory listings. The middleware
 * calls it for what is below `staticUrl`; a URLconf may too. Throws `Http404`.
 */
export async function serveStatic(request: HttpRequest, { path }: { readonly path: string }): Promise<HttpResponse> {
  if (request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD'])
  const served = await locateStatic(path)
  if (served === undefined) throw new Http404(`There is no static file '${path}'.`)
  const headers = { 'Cache-Control': served.isImmutable ? forEver : servingPolicy().cacheControl }
  const variant = variantFor(request, served)
  const response = await FileResponse.open(request, served.file + (variant?.extension ?? ''), {
    headers,
    ...(variant === undefined ? {} : { contentEncoding: variant.encoding }),
  })
  if (served.variants.length > 0) patchVaryHeaders(response, ['Accept-Encoding'])
  return response
}

/** The compressed file that the client wants most. Parts are of the plain file, as who asks for them mostly expects. */
function variantFor({ environ }: HttpRequest, { variants }: ServedStatic): Precompression | undefined {
  if (variants.length === 0 || environ.HTTP_RANGE !== undefined) return undefined
  const offered = variants.map(({ encoding }) => encoding)
  const preferred = preferredEncoding(environ.HTTP_ACCEPT_ENCODING, offered)
  return variants.find(({ encoding }) => encoding === preferred)
}
