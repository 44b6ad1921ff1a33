import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, stat, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { FileNotFound, SuspiciousFileName } from './errors.ts'
import { explainFailure, isMissing } from './explain-failure.ts'
import type { FileContent } from './file-content.ts'
import { candidateNames } from './names/candidate-names.ts'
import { fileUrl } from './names/file-url.ts'
import { partsOfName } from './names/stored-name.ts'
import type { SaveFileOptions, Storage } from './storage.ts'
import { takeName } from './take-name.ts'

export interface FileSystemStorageOptions {
  /** The folder that holds the files, absolute. It is made when the first file is saved. */
  readonly root: string
  /** What the URLs of files start with, `/` at its end; or what tells it, where that depends on the request. */
  readonly baseUrl: string | (() => string)
  /** The permissions of stored files, whatever the process's umask: `0o644` unless told. */
  readonly fileMode?: number
}

const chunkSize = 128 * 1024

/**
 * Files in a folder. A file appears under its name once it is whole, and no two saves ever get one name, in one process or in
 * several. Django's `FileSystemStorage`.
 */
export class FileSystemStorage implements Storage {
  readonly root: string
  readonly #baseUrl: () => string
  readonly #fileMode: number

  constructor(options: FileSystemStorageOptions) {
    const { root, baseUrl } = options
    this.root = resolve(root)
    this.#baseUrl = typeof baseUrl === 'function' ? baseUrl : () => baseUrl
    this.#fileMode = options.fileMode ?? 0o644
  }

  /** Where the file of that name is, or would be. */
  path(name: string): string {
    return join(this.root, ...partsOfName(name))
  }

  async save(name: string, content: FileContent, options: SaveFileOptions = {}): Promise<string> {
    const names = candidateNames(name, options.maxLength)
    const first = names.next().value
    const folder = dirname(this.path(first))
    // Beside its goal, so that it moves without being copied; the dot keeps it from being served.
    const draft = join(folder, `.${randomUUID()}.part`)
    try {
      await mkdir(folder, { recursive: true })
      await this.#write(draft, content)
      for (let candidate = first; ; candidate = names.next().value) {
        if (await takeName(draft, this.path(candidate))) return candidate
      }
    } catch (error) {
      throw explainFailure(error, `'${first}' was not saved in '${this.root}'`)
    } finally {
      await unlink(draft).catch(() => {})
    }
  }

  async *open(name: string): AsyncGenerator<Uint8Array, void, undefined> {
    const handle = await this.#openToRead(name)
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

  async delete(name: string): Promise<void> {
    try {
      await unlink(this.path(name))
    } catch (error) {
      if (!isMissing(error)) throw explainFailure(error, `'${name}' was not deleted from '${this.root}'`)
    }
  }

  async exists(name: string): Promise<boolean> {
    try {
      return (await stat(this.path(name))).isFile()
    } catch (error) {
      if (isMissing(error)) return false
      throw explainFailure(error, `'${name}' cannot be looked for in '${this.root}'`)
    }
  }

  async size(name: string): Promise<number> {
    const path = this.path(name)
    const stats = await stat(path).catch((error: unknown) => this.#refuse(name, error))
    return stats.isFile() ? stats.size : this.#refuse(name, undefined)
  }

  url(name: string): string {
    return fileUrl(this.#baseUrl(), name)
  }

  async #write(draft: string, content: FileContent): Promise<void> {
    const handle = await open(draft, 'wx', this.#fileMode)
    try {
      for await (const chunk of content.stream()) await handle.writeFile(chunk)
      await handle.chmod(this.#fileMode)
      // A row that names the file may be committed next: after a power failure both are there, or neither.
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }

  async #openToRead(name: string): Promise<FileHandle> {
    const path = this.path(name)
    // Opening a named pipe would wait for its writer.
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
    const handle = await open(path, flags).catch((error: unknown) => this.#refuse(name, error))
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
    return this.#refuse(name, undefined)
  }

  #refuse(name: string, error: unknown): never {
    if (error === undefined || isMissing(error)) {
      throw new FileNotFound(`There is no file '${name}' in '${this.root}'.`, { cause: error })
    }
    if (error instanceof SuspiciousFileName) throw error
    throw explainFailure(error, `'${name}' cannot be read in '${this.root}'`)
  }
}
