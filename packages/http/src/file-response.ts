import { basename } from 'node:path'
import { contentDisposition } from './content-disposition.ts'
import { contentTypeOf } from './content-type-of.ts'
import { type FileSelection, selectFileContent } from './file-selection.ts'
import { type FileInput, type FileSource, openFileSource } from './file-source.ts'
import { formatHttpDate } from './http-date.ts'
import type { HttpRequest } from './http-request.ts'
import { type HeadersInput, ResponseHeaders } from './response-headers.ts'
import { StreamingHttpResponse } from './streaming-http-response.ts'

export interface FileResponseOptions {
  /** The whole `Content-Type`; told by the file's name if left out. */
  readonly contentType?: string
  /** What the file's bytes are compressed by: they are sent as they are, under an entity tag of their own. */
  readonly contentEncoding?: 'br' | 'gzip' | 'zstd'
  /** Sent besides those that the file itself gives. */
  readonly headers?: HeadersInput
  /** Offers the file for saving, under `fileName`. */
  readonly asAttachment?: boolean
  /** The name the browser saves it under, and what `Content-Type` is told by; the file's own if left out. */
  readonly fileName?: string
}

/**
 * A file, or bytes that are treated as one: with `Content-Type` by name, `Last-Modified`, `ETag`, ranges, and 304 or 412 as
 * the request's conditions ask. It is sent as fast as the client takes it, and closed when the client goes away.
 */
export class FileResponse extends StreamingHttpResponse {
  private constructor(selection: FileSelection, headers: ResponseHeaders) {
    super(selection.content, { status: selection.status, headers, contentType: '' })
  }

  /**
   * Answers `request` with a file: a path, a `file:` URL, an open handle (which the response then closes) or bytes. Throws
   * `Http404` where there is no such file and `PermissionDenied` where it may not be read. A path from outside is first joined
   * to its directory with `safeJoin`.
   */
  static async open(request: HttpRequest, file: FileInput, options: FileResponseOptions = {}): Promise<FileResponse> {
    const source = encodedBy(options.contentEncoding, await openFileSource(file))
    const name = basename(options.fileName ?? source.name ?? '')
    const plainName = options.contentEncoding === undefined ? name : name.replace(/\.(?:br|gz|zst)$/, '')
    const contentType = options.contentType ?? (await contentTypeOf(plainName))
    const headers = fileHeaders(source, name, options)
    const selection = await selectFileContent(request, source, contentType)
    for (const [header, value] of selection.headers) headers.set(header, value)
    const isContent = selection.status === 200 || selection.status === 206
    if (isContent && options.contentEncoding !== undefined) headers.set('Content-Encoding', options.contentEncoding)
    return new FileResponse(selection, headers)
  }
}

/** Another representation than the plain file, even where both were written in one moment. */
function encodedBy(encoding: string | undefined, source: FileSource): FileSource {
  return encoding === undefined ? source : { ...source, etag: `${source.etag.slice(0, -1)}-${encoding}"` }
}

/** What every answer about the file carries, whichever part of it is sent. */
function fileHeaders(source: FileSource, name: string, options: FileResponseOptions): ResponseHeaders {
  const headers = new ResponseHeaders(options.headers)
  headers.set('ETag', source.etag)
  if (source.lastModified !== undefined) headers.set('Last-Modified', formatHttpDate(source.lastModified))
  headers.set('Accept-Ranges', 'bytes')
  if (options.asAttachment || options.fileName !== undefined) {
    headers.set('Content-Disposition', contentDisposition(options.asAttachment ? 'attachment' : 'inline', name))
  }
  return headers
}
