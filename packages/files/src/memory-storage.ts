import { FileNotFound } from './errors.ts'
import type { FileContent } from './file-content.ts'
import { candidateNames } from './names/candidate-names.ts'
import { fileUrl } from './names/file-url.ts'
import { partsOfName } from './names/stored-name.ts'
import type { FolderListing, SaveFileOptions, Storage } from './storage.ts'

interface StoredBytes {
  readonly bytes: Uint8Array
  readonly stored: Temporal.Instant
}

/** Files in memory, for tests: gone with the object. Django's `InMemoryStorage`. */
export class MemoryStorage implements Storage {
  readonly #files = new Map<string, StoredBytes>()
  readonly #baseUrl: string

  constructor(options: { readonly baseUrl?: string } = {}) {
    this.#baseUrl = options.baseUrl ?? '/media/'
  }

  /** The names of the files, in the order they were saved. */
  get names(): readonly string[] {
    return [...this.#files.keys()]
  }

  async save(name: string, content: FileContent, options: SaveFileOptions = {}): Promise<string> {
    const names = candidateNames(name, options.maxLength)
    let candidate = names.next().value
    const bytes = Buffer.concat(await Array.fromAsync(content.stream()))
    while (this.#files.has(candidate)) candidate = names.next().value
    this.#files.set(candidate, { bytes, stored: Temporal.Now.instant() })
    return candidate
  }

  async *open(name: string): AsyncGenerator<Uint8Array, void, undefined> {
    yield this.#stored(name).bytes
  }

  async delete(name: string): Promise<void> {
    partsOfName(name)
    this.#files.delete(name)
  }

  async exists(name: string): Promise<boolean> {
    partsOfName(name)
    return this.#files.has(name)
  }

  async size(name: string): Promise<number> {
    return this.#stored(name).bytes.byteLength
  }

  async getModifiedTime(name: string): Promise<Temporal.Instant> {
    return this.#stored(name).stored
  }

  async listdir(folder: string): Promise<FolderListing> {
    const prefix = folder === '' ? '' : `${partsOfName(folder).join('/')}/`
    const [folders, files] = [new Set<string>(), new Set<string>()]
    for (const name of this.#files.keys()) {
      if (!name.startsWith(prefix)) continue
      const [first, ...rest] = name.slice(prefix.length).split('/') as [string, ...string[]]
      ;(rest.length === 0 ? files : folders).add(first)
    }
    return { folders: [...folders].sort(), files: [...files].sort() }
  }

  url(name: string): string {
    return fileUrl(this.#baseUrl, name)
  }

  #stored(name: string): StoredBytes {
    partsOfName(name)
    const stored = this.#files.get(name)
    if (stored === undefined) throw new FileNotFound(`There is no file '${name}' in memory.`)
    return stored
  }
}
