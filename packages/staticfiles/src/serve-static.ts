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
  const compressed = variant && (await openVariant(request, served.file, variant, headers))
  const response = compressed ?? (await FileResponse.open(request, served.file, { headers }))
  if (served.variants.length > 0) patchVaryHeaders(response, ['Accept-Encoding'])
  return response
}

/** A compressed file that has gone, as files are collected anew, is not missed. */
async function openVariant(
  request: HttpRequest,
  file: string,
  { extension, encoding }: Precompression,
  headers: Readonly<Record<string, string>>,
): Promise<FileResponse | undefined> {
  try {
    return await FileResponse.open(request, file + extension, { headers, contentEncoding: encoding })
  } catch (error) {
    if (error instanceof Http404) return undefined
    throw error
  }
}

/** The compressed file that the client wants most. Parts are of the plain file, as who asks for them mostly expects. */
function variantFor({ environ }: HttpRequest, { variants }: ServedStatic): Precompression | undefined {
  if (variants.length === 0 || environ.HTTP_RANGE !== undefined) return undefined
  const offered = variants.map(({ encoding }) => encoding)
  const preferred = preferredEncoding(environ.HTTP_ACCEPT_ENCODING, offered)
  return variants.find(({ encoding }) => encoding === preferred)
}
