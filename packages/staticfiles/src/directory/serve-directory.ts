import { basename, resolve } from 'node:path'
import {
  escapePath,
  FileResponse,
  Http404,
  type HttpRequest,
  HttpResponse,
  HttpResponseNotAllowed,
  HttpResponseRedirect,
} from '@nuages/http'
import { type ListingOrder, listFolder } from './list-folder.ts'
import { listingPage, pagePolicy } from './listing-page.ts'
import { type DirectoryEntry, resolveEntry, type ServedDirectory } from './resolve-entry.ts'

const indexNames = ['index.html', 'index.htm']
/** Somebody is at work on these files: a browser asks each time whether they changed. */
const fileHeaders = { 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' }

/**
 * A view that answers with the files of a folder and lists what has no `index.html`: the role of Python's `http.server`, for
 * looking at files and for sites without a server of their own. Names that start with a dot (but for `.well-known`) and
 * devices are not there; links are followed where they lead to something in the folder that is not hidden. It throws
 * `Http404` and `PermissionDenied`.
 */
export function serveDirectory(
  options: ServedDirectory,
): (request: HttpRequest) => Promise<HttpResponse | FileResponse> {
  const directory = { ...options, root: resolve(options.root) }
  return async (request) => {
    if (request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD'])
    const names = request.pathInfo.split('/').slice(1)
    const isFolderPath = names.at(-1) === ''
    if (isFolderPath) names.pop()
    const entry = await resolveEntry(directory, names)
    if (entry === undefined || (entry.stats.isFile() && isFolderPath)) throw notThere(request)
    if (entry.stats.isFile()) return FileResponse.open(request, entry.file, { headers: fileHeaders })
    if (!isFolderPath) return redirectToFolder(request)
    for (const name of indexNames) {
      const index = await resolveEntry(directory, [...names, name])
      if (index?.stats.isFile()) return FileResponse.open(request, index.file, { headers: fileHeaders })
    }
    return list(request, directory, names, entry)
  }
}

async function list(
  request: HttpRequest,
  directory: ServedDirectory,
  names: readonly string[],
  entry: DirectoryEntry,
): Promise<HttpResponse> {
  const order = orderOf(request)
  const entries = await listFolder(directory, names, entry.file, order)
  const rootName = basename(directory.root) || '/'
  const mount = escapePath(request.environ.SCRIPT_NAME)
  return new HttpResponse(listingPage({ rootName, mount, names, entries, order }), { headers: pageHeaders })
}

/** Of the pages that are made here. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy': pagePolicy,
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
}

function orderOf({ query }: HttpRequest): ListingOrder {
  const key = query.get('sort')
  return { key: key === 'size' || key === 'modified' ? key : 'name', isDescending: query.get('order') === 'desc' }
}

/** Relative links of the page would lead beside the folder. */
function redirectToFolder({ path, environ }: HttpRequest): HttpResponse {
  const query = environ.QUERY_STRING === '' ? '' : `?${environ.QUERY_STRING}`
  return new HttpResponseRedirect(`${escapePath(path)}/${query}`)
}

function notThere({ pathInfo }: HttpRequest): Http404 {
  return new Http404(`There is no file '${pathInfo}'.`)
}
