import { randomUUID } from 'node:crypto'
import { constants, type Dirent } from 'node:fs'
import { type FileHandle, open, readdir, stat, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { FileNotFound, SuspiciousFileName } from './errors.ts'
import { explainFailure, isMissing } from './explain-failure.ts'
import type { FileContent } from './file-content.ts'
import { makeFolders } from './make-folders.ts'
import { candidateNames } from './names/candidate-names.ts'
import { fileUrl } from './names/file-url.ts'
import { partsOfName } from './names/stored-name.ts'
import type { FolderListing, SaveFileOptions, Storage } from './storage.ts'
import { takeContent } from './take-content.ts'
import { takeName } from './take-name.ts'

export interface FileSystemStorageOptions {
  /** The folder that holds the files, absolute. It is made when the first file is saved. */
  readonly root: string
  /** What the URLs of files start with, `/` at its end; or what tells it, where that depends on the request. */
  readonly baseUrl: string | (() => string)
  /** The permissions of stored files, whatever the process's umask: `0o644` unless told. */
  readonly fileMode?: number
  /** The permissions of the folders that it makes; left out, what the process's umask leaves of `0o777`. */
  readonly folderMode?: number
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
  readonly #folderMode: number | undefined

  constructor(options: FileSystemStorageOptions) {
    const { root, baseUrl } = options
    this.root = resolve(root)
    this.#baseUrl = typeof baseUrl === 'function' ? baseUrl : () => baseUrl
    this.#fileMode = options.fileMode ?? 0o644
    this.#folderMode = options.folderMode
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
      await makeFolders(folder, this.#folderMode)
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

  async getModifiedTime(name: string): Promise<Temporal.Instant> {
    const stats = await stat(this.path(name)).catch((error: unknown) => this.#refuse(name, error))
    if (!stats.isFile()) this.#refuse(name, undefined)
    return Temporal.Instant.fromEpochMilliseconds(Math.floor(stats.mtimeMs))
  }

  async listdir(folder: string): Promise<FolderListing> {
    const path = folder === '' ? this.root : this.path(folder)
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      if (isMissing(error)) return []
      throw explainFailure(error, `'${folder}' cannot be listed in '${this.root}'`)
    })
    // What starts with a dot was not stored, or not yet.
    const shown = entries.filter(({ name }) => !name.startsWith('.'))
    const named = (isWanted: (entry: Dirent) => boolean): string[] =>
      shown
        .filter(isWanted)
        .map(({ name }) => name)
        .sort()
    return { folders: named((entry) => entry.isDirectory()), files: named((entry) => entry.isFile()) }
  }

  url(name: string): string {
    return fileUrl(this.#baseUrl(), name)
  }

  async #write(draft: string, content: FileContent): Promise<void> {
    const isThere = content.temporaryPath !== undefined && (await takeContent(content.temporaryPath, draft))
    const handle = await open(draft, isThere ? 'r+' : 'wx', this.#fileMode)
    try {
      if (!isThere) for await (const chunk of content.stream()) await handle.writeFile(chunk)
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
