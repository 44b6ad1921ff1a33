import { realpath } from 'node:fs/promises'
import { extname, sep } from 'node:path'
import { defaultStorage, FileNotFound, FileSystemStorage, type Storage, shownType } from '@nuages/files'
import {
  type FileInput,
  FileResponse,
  Http404,
  type HttpRequest,
  type HttpResponse,
  HttpResponseNotAllowed,
} from '@nuages/http'
import { isStaticPath } from './find-static.ts'

/** What a page of the site could load as its own code: sent as a type that none may be loaded as. */
const code = new Set('.cjs .css .htc .js .jsx .mjs .swf .ts .wasm .xsl .xslt'.split(' '))

const headers = {
  'Cache-Control': 'no-cache',
  // A page of its own, without scripts, forms or the site's cookies, should a browser show the file as one after all.
  'Content-Security-Policy': "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
  'X-Content-Type-Options': 'nosniff',
}

/**
 * A view that answers with the uploaded file of that name, of the default storage. What a browser could run, such as HTML or
 * SVG, comes as an attachment. The middleware calls it for what is below `mediaUrl` while `debug` is on, or where `staticfiles.serveMedia`
 * says so; else a server in front sends the files. Throws `Http404`.
 */
export async function serveMedia(request: HttpRequest, { path }: { readonly path: string }): Promise<HttpResponse> {
  if (request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD'])
  const file = isStaticPath(path) ? await locate(defaultStorage(), path) : undefined
  if (file === undefined) throw new Http404(`There is no uploaded file '${path}'.`)
  const extension = extname(path).toLowerCase()
  return FileResponse.open(request, file, {
    headers,
    fileName: path,
    asAttachment: shownType(path) === undefined,
    ...(code.has(extension) ? { contentType: 'application/octet-stream' } : {}),
  })
}

/** The file itself where it is one, else its bytes. A link is followed inside the storage's folder only. */
async function locate(storage: Storage, name: string): Promise<FileInput | undefined> {
  try {
    if (!(storage instanceof FileSystemStorage)) return Buffer.concat(await Array.fromAsync(storage.open(name)))
    const [root, file] = await Promise.all([realpath(storage.root), realpath(storage.path(name))])
    return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : undefined
  } catch (error) {
    if (error instanceof FileNotFound || (error as NodeJS.ErrnoException).syscall === 'realpath') return undefined
    throw error
  }
}
