import { constants } from 'node:fs'
import { chmod, copyFile, link, open, readFile } from 'node:fs/promises'
import { UploadClosed } from '../errors.ts'
import { removeTemporaryFile } from './temporary-file.ts'
import { UploadedFile } from './uploaded-file.ts'

const chunkSize = 128 * 1024
/** What a file system answers that has no hard links, or is another one than the goal's. */
const withoutLinks = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** A file that came with a form and is on disk until the request has been answered. Django's `TemporaryUploadedFile`. */
export class TemporaryUploadedFile extends UploadedFile {
  #path: string
  #isTemporary = true
  #isClosed = false

  /** `path` is a file of `size` bytes that `close()` takes away. */
  constructor(name: string, contentType: string, path: string, size: number) {
    super(name, contentType, [], size)
    this.#path = path
  }

  override get isInMemory(): boolean {
    return false
  }

  override get temporaryPath(): string | undefined {
    return this.#isTemporary ? this.#path : undefined
  }

  override async bytes(): Promise<Uint8Array> {
    this.#assertOpen()
    return readFile(this.#path)
  }

  override async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#assertOpen()
    const handle = await open(this.#path, 'r')
    try {
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkSize), 0, chunkSize)
        if (bytesRead === 0) return
        yield buffer.subarray(0, bytesRead)
      }
    } finally {
      await handle.close()
    }
  }

  override async moveTo(path: string, mode = 0o600): Promise<void> {
    this.#assertOpen()
    const from = this.#path
    try {
      await link(from, path)
    } catch (error) {
      if (!withoutLinks.has((error as NodeJS.ErrnoException).code ?? '')) throw error
      await copyFile(from, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    }
    await chmod(path, mode)
    await removeTemporaryFile(from)
    this.#path = path
    this.#isTemporary = false
  }

  override async close(): Promise<void> {
    if (this.#isClosed || !this.#isTemporary) return
    this.#isClosed = true
    await removeTemporaryFile(this.#path)
  }

  #assertOpen(): void {
    if (!this.#isClosed) return
    throw new UploadClosed(`The uploaded file '${this.name}' is gone: the request it came with has been answered.`, {
      hint: 'Store it, or move it with moveTo(path), before the response is returned.',
    })
  }
}
