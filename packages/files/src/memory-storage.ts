import { FileNotFound } from './errors.ts'
import type { FileContent } from './file-content.ts'
import { candidateNames } from './names/candidate-names.ts'
import { fileUrl } from './names/file-url.ts'
import { partsOfName } from './names/stored-name.ts'
import type { SaveFileOptions, Storage } from './storage.ts'

/** Files in memory, for tests: gone with the object. Django's `InMemoryStorage`. */
export class MemoryStorage implements Storage {
  readonly #files = new Map<string, Uint8Array>()
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
    this.#files.set(candidate, bytes)
    return candidate
  }

  async *open(name: string): AsyncGenerator<Uint8Array, void, undefined> {
    yield this.#bytes(name)
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
    return this.#bytes(name).byteLength
  }

  url(name: string): string {
    return fileUrl(this.#baseUrl, name)
  }

  #bytes(name: string): Uint8Array {
    partsOfName(name)
    const bytes = this.#files.get(name)
    if (bytes === undefined) throw new FileNotFound(`There is no file '${name}' in memory.`)
    return bytes
  }
}
