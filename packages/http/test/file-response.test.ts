import {
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readlink,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  contentDisposition,
  FileResponse,
  type FileResponseOptions,
  Http404,
  HttpRequest,
  SuspiciousFileOperation,
  safeJoin,
} from '../src/index.ts'
import { makeEnviron } from './environ.ts'
import { type Sent, send } from './send.ts'

const text = 'abcdefghij'.repeat(100)
const large = Buffer.alloc(500_000, 'the quick brown fox ')
const modified = Date.UTC(2026, 0, 2, 3, 4, 5)
let folder: string
let small: string
let big: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuages-http-'))
  small = join(folder, 'small.txt')
  big = join(folder, 'big.mp4')
  await writeFile(small, text)
  await writeFile(big, large)
  await writeFile(join(folder, 'empty.bin'), '')
  await mkdir(join(folder, 'directory'))
  await utimes(small, modified / 1000, modified / 1000)
})

afterAll(() => rm(folder, { recursive: true }))

function request(headers: Record<string, string | AbortSignal> = {}, method = 'GET'): HttpRequest {
  return new HttpRequest(makeEnviron({ REQUEST_METHOD: method, ...headers }))
}

async function get(
  file: string | URL | FileHandle | Uint8Array,
  headers = {},
  options: FileResponseOptions = {},
  method = 'GET',
): Promise<Sent> {
  return send(await FileResponse.open(request(headers, method), file, options))
}

const onLinux = process.platform === 'linux'

/** How many descriptors of this process point into the folder; elsewhere than on Linux that cannot be asked. */
async function openHandles(): Promise<number> {
  if (!onLinux) return 0
  const descriptors = await readdir('/proc/self/fd')
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return targets.filter((target) => target.startsWith(folder)).length
}

describe('a whole file', () => {
  it('is sent with what is known of it', async () => {
    const sent = await get(small)
    expect(sent.status).toBe('200 OK')
    expect(sent.bytes.toString()).toBe(text)
    expect(Object.fromEntries(sent.headers)).toEqual({
      ETag: expect.stringMatching(/^"[\w-]+"$/),
      'Last-Modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'Accept-Ranges': 'bytes',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': '1000',
    })
  })

  it('is streamed where it is large', async () => {
    const response = await FileResponse.open(request(), big)
    expect(response.headers.get('Content-Type')).toBe('video/mp4')
    const chunks = await Array.fromAsync(response.streamingContent as AsyncIterable<Uint8Array>)
    expect(chunks.length).toBeGreaterThan(1)
    expect(Buffer.concat(chunks).equals(large)).toBe(true)
    expect(await openHandles()).toBe(0)
  })

  it('may be empty, a URL, bytes or a handle', async () => {
    expect((await get(join(folder, 'empty.bin'))).header('Content-Length')).toBe('0')
    expect((await get(pathToFileURL(small))).bytes.toString()).toBe(text)
    const bytes = await get(Buffer.from('x'), {}, { fileName: 'a.json' })
    expect(bytes.header('Content-Type')).toBe('application/json; charset=utf-8')
    expect(bytes.header('Last-Modified')).toBeUndefined()
    expect((await get(await open(big))).bytes.equals(large)).toBe(true)
    expect(await openHandles()).toBe(0)
  })

  it('tells its type by name unless told', async () => {
    expect((await get(small, {}, { contentType: 'text/x' })).header('Content-Type')).toBe('text/x')
    expect((await get(Buffer.from('x'))).header('Content-Type')).toBe('application/octet-stream')
    expect((await get(small, {}, { headers: { 'Cache-Control': 'public' } })).header('cache-control')).toBe('public')
  })

  it('answers HEAD with the headers of GET', async () => {
    const sent = await get(big, {}, {}, 'HEAD')
    expect([sent.status, sent.bytes.byteLength, sent.header('Content-Length')]).toEqual(['200 OK', 0, '500000'])
    await get(await open(small), {}, {}, 'HEAD')
    expect(await openHandles()).toBe(0)
  })

  it.each(['missing', 'directory', 'small.txt/x', 'a\0b', 'x'.repeat(5000)])(
    'that is not there (%.20s) is a 404',
    async (name) => {
      await expect(FileResponse.open(request(), `${folder}/${name}`)).rejects.toThrow(Http404)
    },
  )
})

describe('reading that stops', () => {
  it('closes the file when the reader leaves', async () => {
    for (const openFile of [() => big, () => open(big)]) {
      const response = await FileResponse.open(request(), await openFile())
      for await (const _chunk of response.streamingContent) break
      expect(await openHandles()).toBe(0)
    }
  })

  it.runIf(onLinux)('closes the file when the client goes away and nobody reads on', async () => {
    const controller = new AbortController()
    const gone = { 'gateway.signal': controller.signal }
    const read = await FileResponse.open(request(gone), big)
    await (read.streamingContent as AsyncGenerator<Uint8Array>).next()
    await FileResponse.open(request(gone), await open(big))
    expect(await openHandles()).toBe(2)
    controller.abort()
    await expect.poll(openHandles).toBe(0)
  })

  it('holds nothing open before it is read', async () => {
    await FileResponse.open(request(), big)
    expect(await openHandles()).toBe(0)
  })

  it('fails where the file changed since its length was announced', async () => {
    const path = join(folder, 'changing.bin')
    await writeFile(path, large)
    const response = await FileResponse.open(request(), path)
    await writeFile(path, 'short')
    await expect(send(response)).rejects.toThrow(/changed while it was being sent/)
  })
})

describe('a file that shrinks', () => {
  it('fails rather than being sent short or for ever', async () => {
    const path = join(folder, 'shrinking.bin')
    await writeFile(path, large)
    const response = await FileResponse.open(request(), path)
    const content = (response.streamingContent as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
    await content.next()
    await truncate(path, 10)
    await expect(content.next()).rejects.toThrow('A file became shorter while it was being sent.')
    expect(await openHandles()).toBe(0)
  })
})

describe('conditions', () => {
  it('are answered with 304 and 412', async () => {
    const etag = (await get(small)).header('ETag')!
    for (const headers of [{ HTTP_IF_NONE_MATCH: etag }, { HTTP_IF_MODIFIED_SINCE: 'Fri, 02 Jan 2026 03:04:05 GMT' }]) {
      const sent = await get(small, headers)
      expect([sent.status, sent.bytes.byteLength, sent.header('ETag')]).toEqual(['304 Not Modified', 0, etag])
      expect(sent.header('Content-Type')).toBeUndefined()
      expect(sent.header('Content-Length')).toBeUndefined()
    }
    expect((await get(small, { HTTP_IF_MATCH: '"other"' })).status).toBe('412 Precondition Failed')
    await get(await open(small), { HTTP_IF_NONE_MATCH: '*' })
    expect(await openHandles()).toBe(0)
  })
})

describe('ranges', () => {
  it.each([
    ['bytes=0-9', 'bytes 0-9/1000', 'abcdefghij'],
    ['bytes=995-', 'bytes 995-999/1000', 'fghij'],
    ['bytes=-3', 'bytes 997-999/1000', 'hij'],
  ])('%s', async (range, contentRange, content) => {
    const sent = await get(small, { HTTP_RANGE: range })
    expect(sent.status).toBe('206 Partial Content')
    expect(sent.header('Content-Range')).toBe(contentRange)
    expect(sent.header('Content-Length')).toBe(String(content.length))
    expect(sent.bytes.toString()).toBe(content)
  })

  it('of a large file are streamed from their start', async () => {
    const sent = await get(big, { HTTP_RANGE: 'bytes=100-300099' })
    expect(sent.bytes.equals(large.subarray(100, 300_100))).toBe(true)
  })

  it.each(['path', 'handle', 'bytes'])('several of them are sent as parts, of a %s', async (kind) => {
    const file = kind === 'path' ? big : kind === 'handle' ? await open(big) : large
    const sent = await get(file, { HTTP_RANGE: 'bytes=0-4,1000-200999,-5' }, { contentType: 'video/mp4' })
    const boundary = /^multipart\/byteranges; boundary=(.+)$/.exec(sent.header('Content-Type')!)![1]!
    expect(sent.status).toBe('206 Partial Content')
    expect(sent.header('Content-Length')).toBe(String(sent.bytes.byteLength))
    const parts = sent.bytes.toString().split(`--${boundary}`)
    expect(parts.at(-1)).toBe('--\r\n')
    const expected = [
      ['0-4', large.subarray(0, 5)],
      ['1000-200999', large.subarray(1000, 201_000)],
      ['499995-499999', large.subarray(-5)],
    ] as const
    for (const [index, [range, content]] of expected.entries()) {
      expect(parts[index + 1]).toBe(
        `\r\nContent-Type: video/mp4\r\nContent-Range: bytes ${range}/500000\r\n\r\n${content}\r\n`,
      )
    }
    expect(await openHandles()).toBe(0)
  })

  it('that cannot be satisfied are refused with the size', async () => {
    const sent = await get(small, { HTTP_RANGE: 'bytes=1000-' })
    expect([sent.status, sent.header('Content-Range')]).toEqual(['416 Range Not Satisfiable', 'bytes */1000'])
  })

  it('are ignored where they make no sense', async () => {
    expect((await get(small, { HTTP_RANGE: 'lines=1' })).status).toBe('200 OK')
    expect((await get(small, { HTTP_RANGE: 'bytes=0-1' }, {}, 'HEAD')).status).toBe('200 OK')
  })

  it('depend on If-Range', async () => {
    const etag = (await get(small)).header('ETag')!
    const status = async (ifRange: string): Promise<string> =>
      (await get(small, { HTTP_RANGE: 'bytes=0-1', HTTP_IF_RANGE: ifRange })).status.slice(0, 3)
    expect(await status(etag)).toBe('206')
    expect(await status(`W/${etag}`)).toBe('200')
    expect(await status('"other"')).toBe('200')
    expect(await status('Fri, 02 Jan 2026 03:04:05 GMT')).toBe('206')
    expect(await status('Fri, 02 Jan 2026 03:04:06 GMT')).toBe('200')
    expect(await status('nonsense')).toBe('200')
  })
})

describe('Content-Disposition', () => {
  it('comes with a download or a name', async () => {
    expect((await get(small)).header('Content-Disposition')).toBeUndefined()
    expect((await get(small, {}, { asAttachment: true })).header('Content-Disposition')).toBe(
      'attachment; filename="small.txt"',
    )
    expect((await get(small, {}, { fileName: 'b.txt' })).header('Content-Disposition')).toBe('inline; filename="b.txt"')
    expect((await get(Buffer.from(''), {}, { asAttachment: true })).header('Content-Disposition')).toBe('attachment')
  })

  it.each([
    ['a "b"\\.txt', 'attachment; filename="a \\"b\\"\\\\.txt"'],
    ['été.txt', `attachment; filename="_t_.txt"; filename*=UTF-8''%C3%A9t%C3%A9.txt`],
    ['a\r\nX: 1.txt', 'attachment; filename="aX: 1.txt"'],
    ['100%41.txt', `attachment; filename="100%41.txt"; filename*=UTF-8''100%2541.txt`],
    ["😀'(1).txt", `attachment; filename="_'(1).txt"; filename*=UTF-8''%F0%9F%98%80%27%281%29.txt`],
  ])('writes %j', (name, header) => {
    expect(contentDisposition('attachment', name)).toBe(header)
  })
})

describe('safeJoin', () => {
  it.each(['a.txt', 'a/../b.txt', './a', 'a//b', '..a/b', ''])('takes %j', (path) => {
    expect(safeJoin('/srv/static', path)).toMatch(/^\/srv\/static/)
  })

  it.each(['..', '../x', 'a/../../x', '/etc/passwd', '../static-secret/x', 'a\0b'])('refuses %j', (path) => {
    expect(() => safeJoin('/srv/static', path)).toThrow(SuspiciousFileOperation)
  })
})
