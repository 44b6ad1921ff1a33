import { FileResponse, Http404, type HttpRequest, type HttpResponse, HttpResponseNotAllowed } from '@nuages/http'
import { findStatic } from './find-static.ts'
import { servingPolicy } from './staticfiles-settings.ts'

/**
 * A view that answers with the static file of that path: ranges, conditions and caching as `FileResponse` gives them, no
 * directory listings. The middleware calls it for what is below `staticUrl`; a URLconf may too. Throws `Http404`.
 */
export async function serveStatic(request: HttpRequest, { path }: { readonly path: string }): Promise<HttpResponse> {
  if (request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD'])
  const found = await findStatic(path)
  if (found === undefined) throw new Http404(`There is no static file '${path}'.`)
  return FileResponse.open(request, found.file, { headers: { 'Cache-Control': servingPolicy().cacheControl } })
}
