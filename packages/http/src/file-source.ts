import { constants, type Stats } from 'node:fs'
import { access, type FileHandle, open, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { ByteRange } from './byte-ranges.ts'
import { entityTag } from './entity-tag.ts'
import { Http404, PermissionDenied, ResponseError } from './errors.ts'

/** Bytes that a response can take in parts, and what is known of them beforehand. */
export interface FileSource {
  /** The file's own name, where it has one. */
  readonly name: string | undefined
  readonly size: number
  readonly etag: string
  /** Milliseconds since the epoch. */
  readonly lastModified: number | undefined
  /** Reads a part; the whole at once where it is small or in memory anyway. */
  read(range: ByteRange, signal: AbortSignal): Promise<Uint8Array | AsyncIterable<Uint8Array>>
  /** To be called when nothing more will be read. */
  close(): Promise<void>
}

/** What a `FileResponse` can be made of. */
export type FileInput = string | URL | FileHandle | Uint8Array

const chunkSize = 128 * 1024
// A file or part up to this size is read at once: one read is cheaper than a stream, and nothing stays open.
const smallSize = 128 * 1024

/**
 * Opens what a file response is made of. Throws `Http404` where there is no file of that name, `PermissionDenied` where it may
 * not be read, and `ResponseError` for a handle that is no regular file.
 */
export async function openFileSource(input: FileInput): Promise<FileSource> {
  if (input instanceof Uint8Array) return bytesSource(input)
  if (typeof input === 'string' || input instanceof URL) {
    return pathSource(typeof input === 'string' ? input : fileURLToPath(input))
  }
  return handleSource(input)
}

function bytesSource(bytes: Uint8Array): FileSource {
  return {
    name: undefined,
    size: bytes.byteLength,
    etag: entityTag(bytes),
    lastModified: undefined,
    read: async ({ start, end }) => bytes.subarray(start, end + 1),
    close: async () => {},
  }
}

interface FileFacts {
  readonly size: number
  readonly etag: string
  readonly lastModified: number
}

function factsOf(stats: Stats, what: string): FileFacts {
  if (!stats.isFile()) throw new Http404(`${what} is not a file.`)
  // microseconds: what changes twice in a second gets another tag
  const etag = `"${Math.round(stats.mtimeMs * 1000).toString(36)}-${stats.size.toString(36)}"`
  return { size: stats.size, etag, lastModified: stats.mtimeMs }
}

async function handleSource(handle: FileHandle): Promise<FileSource> {
  try {
    const facts = factsOf(await handle.stat(), 'The handle given to FileResponse')
    return {
      name: undefined,
      ...facts,
      async read(range, signal) {
        closeOnAbort(handle, signal)
        return readRange(handle, range)
      },
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * Holds no handle between being made and being read, so a response that is never sent leaks nothing. When the file is opened,
 * it is compared with what was announced.
 */
async function pathSource(path: string): Promise<FileSource> {
  const facts = factsOf(await stat(path).catch(explain(path)), `'${path}'`)
  const openUnchanged = async (): Promise<FileHandle> => {
    // O_NONBLOCK, as opening a named pipe that took the file's place would wait for its writer
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(explain(path))
    try {
      if (factsOf(await handle.stat(), `'${path}'`).etag === facts.etag) return handle
      throw new ResponseError(`'${path}' changed while it was being sent.`)
    } catch (error) {
      await handle.close()
      throw error
    }
  }
  return {
    name: path,
    ...facts,
    async read(range, signal) {
      if (range.end - range.start < smallSize) return readWhole(openAndRead(openUnchanged, range))
      // once streaming has begun, it is too late to say that the file may not be read
      await access(path, constants.R_OK).catch(explain(path))
      return openAndRead(openUnchanged, range, signal)
    },
    close: async () => {},
  }
}

/** Turns what the file system refuses into what the client is answered. */
function explain(path: string): (cause: NodeJS.ErrnoException) => never {
  return (cause) => {
    const code = cause.code ?? ''
    if (code === 'EACCES' || code === 'EPERM') throw new PermissionDenied(`'${path}' may not be read.`, { cause })
    if (missing.has(code)) throw new Http404(`There is no file '${path}'.`, { cause })
    throw cause
  }
}

const missing = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'ENXIO', 'ERR_INVALID_ARG_VALUE'])

async function readWhole(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts = await Array.fromAsync(stream)
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

/** Opens the file when the first chunk is asked for, and closes it however the reading ends. */
async function* openAndRead(
  openHandle: () => Promise<FileHandle>,
  range: ByteRange,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await openHandle()
  const stopListening = signal === undefined ? undefined : closeOnAbort(handle, signal)
  try {
    yield* readRange(handle, range)
  } finally {
    stopListening?.()
    await handle.close()
  }
}

/** A reader that stops and never calls `return()` would keep the handle open. */
function closeOnAbort(handle: FileHandle, signal: AbortSignal): () => void {
  const close = (): void => void handle.close().catch(() => {})
  signal.addEventListener('abort', close, { once: true })
  return () => signal.removeEventListener('abort', close)
}

async function* readRange(handle: FileHandle, range: ByteRange): AsyncGenerator<Uint8Array, void, undefined> {
  for (let position = range.start; position <= range.end; ) {
    const length = Math.min(chunkSize, range.end + 1 - position)
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, position)
    if (bytesRead === 0) throw new ResponseError('A file became shorter while it was being sent.')
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
