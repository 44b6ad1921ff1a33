import { randomUUID } from 'node:crypto'
import type { BodyChunk } from '@nuages/gateway'
import { type ByteRange, parseByteRanges } from './byte-ranges.ts'
import { evaluateConditions } from './conditional.ts'
import { matchesStrongly } from './entity-tag.ts'
import type { FileSource } from './file-source.ts'
import { parseHttpDate } from './http-date.ts'
import type { HttpRequest } from './http-request.ts'
import type { StreamingContent } from './streaming-http-response.ts'

/** Which bytes of a file answer a request, and how. */
export interface FileSelection {
  readonly status: number
  readonly content: StreamingContent
  /** `Content-Type`, `Content-Length` and `Content-Range`, as far as they apply. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** Evaluates conditions and ranges of a request against a file (RFC 9110 §13 and §14). Closes the source if nothing is read. */
export async function selectFileContent(
  request: HttpRequest,
  source: FileSource,
  contentType: string,
): Promise<FileSelection> {
  const condition = evaluateConditions(request, source)
  if (condition === 'notModified') return withoutContent(source, 304, [])
  if (condition === 'preconditionFailed') return withoutContent(source, 412, [['Content-Length', '0']])
  const ranges = requestedRanges(request, source)
  if (ranges === 'unsatisfiable') {
    return withoutContent(source, 416, [
      ['Content-Range', `bytes */${source.size}`],
      ['Content-Length', '0'],
    ])
  }
  if (ranges.length > 1) return severalRanges(request, source, contentType, ranges)
  const [range] = ranges
  const { start, end } = range ?? { start: 0, end: source.size - 1 }
  const headers: [string, string][] = [
    ['Content-Type', contentType],
    ['Content-Length', String(end + 1 - start)],
  ]
  if (range !== undefined) headers.push(['Content-Range', contentRange(range, source.size)])
  const status = range === undefined ? 200 : 206
  if (request.isHead || end < start) return withoutContent(source, status, headers)
  const content = await source.read({ start, end }, request.signal)
  return { status, content: content instanceof Uint8Array ? [content] : closingAfter(source, content), headers }
}

async function* closingAfter(
  source: FileSource,
  content: AsyncIterable<BodyChunk>,
): AsyncGenerator<BodyChunk, void, undefined> {
  try {
    yield* content
  } finally {
    await source.close()
  }
}

async function withoutContent(
  source: FileSource,
  status: number,
  headers: FileSelection['headers'],
): Promise<FileSelection> {
  await source.close()
  return { status, content: [], headers }
}

/** The ranges to send; none for the whole. Only GET has them. */
function requestedRanges(request: HttpRequest, source: FileSource): readonly ByteRange[] | 'unsatisfiable' {
  const header = request.environ.HTTP_RANGE
  if (header === undefined || request.method !== 'GET' || !ifRangeHolds(request.environ.HTTP_IF_RANGE, source))
    return []
  const ranges = parseByteRanges(header, source.size)
  return ranges === 'ignore' ? [] : ranges
}

/** Whether the client's part belongs to this version of the file; a date must be the same to the second. */
function ifRangeHolds(header: string | undefined, source: FileSource): boolean {
  if (header === undefined) return true
  if (header.startsWith('"') || header.startsWith('W/')) return matchesStrongly(header, source.etag)
  const date = parseHttpDate(header)
  return (
    date !== undefined && source.lastModified !== undefined && Math.floor(source.lastModified / 1000) * 1000 === date
  )
}

function severalRanges(
  request: HttpRequest,
  source: FileSource,
  contentType: string,
  ranges: readonly ByteRange[],
): FileSelection {
  const boundary = randomUUID()
  const heads = ranges.map(
    (range, index) =>
      `${index === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Range: ${contentRange(range, source.size)}\r\n\r\n`,
  )
  const tail = `\r\n--${boundary}--\r\n`
  const length = ranges.reduce(
    (total, range) => total + range.end + 1 - range.start,
    heads.join('').length + tail.length,
  )
  async function* parts(): AsyncGenerator<BodyChunk, void, undefined> {
    for (const [index, range] of ranges.entries()) {
      yield heads[index]!
      const content = await source.read(range, request.signal)
      if (content instanceof Uint8Array) yield content
      else yield* content
    }
    yield tail
  }
  return {
    status: 206,
    content: closingAfter(source, parts()),
    headers: [
      ['Content-Type', `multipart/byteranges; boundary=${boundary}`],
      ['Content-Length', String(length)],
    ],
  }
}

function contentRange(range: ByteRange, size: number): string {
  return `bytes ${range.start}-${range.end}/${size}`
}
