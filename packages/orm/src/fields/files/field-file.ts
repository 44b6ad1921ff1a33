import { type FileContent, isFileContent, type Storage } from '@nuages/files'
import { FieldValueError } from '../../errors.ts'

/** A name in a storage, which is asked for when it is needed: fields are declared before the project is set up. */
export class StoredName {
  readonly name: string
  readonly storage: () => Storage

  constructor(name: string, storage: () => Storage) {
    this.name = name
    this.storage = storage
  }
}

/**
 * A file of a row: one that a storage holds, or one that the next `save()` puts there: `post.cover = new FieldFile(upload)`.
 * Django's `FieldFile`.
 */
export class FieldFile {
  /** The name in the storage, such as `'covers/dune.png'`; of a file that is not stored yet, its own. */
  readonly name: string
  #source: FileContent | StoredName

  constructor(source: FileContent | StoredName) {
    if (!(source instanceof StoredName || isFileContent(source))) {
      throw new FieldValueError('source', 'a file, such as an upload', source)
    }
    this.name = source.name
    this.#source = source
  }

  /**
   * Stores the content of a file that is not stored yet, under `place.name` or one like it, and returns what takes that back: the
   * stored file goes, and this one is as it was. Part of `save()`.
   */
  static async store(file: FieldFile, place: StoredName, maxLength: number): Promise<() => Promise<void>> {
    const before = file.#source
    if (before instanceof StoredName) return async () => {}
    const storage = place.storage()
    const name = await storage.save(place.name, before, { maxLength })
    file.#become(new StoredName(name, place.storage))
    return async () => {
      file.#become(before)
      await storage.delete(name)
    }
  }

  #become(source: FileContent | StoredName): void {
    this.#source = source
    ;(this as { name: string }).name = source.name
  }

  /** Whether it is in a storage, as far as the row knows. */
  get isStored(): boolean {
    return this.#source instanceof StoredName
  }

  /** Where browsers get it. Throws `FieldValueError` where it is not stored yet. */
  get url(): string {
    if (this.#source instanceof StoredName) return this.#source.storage().url(this.name)
    throw new FieldValueError('url', 'a stored file (save its row first)', this.name)
  }

  /** In bytes. Throws `FileNotFound` where the storage has lost it, as do `bytes`, `text` and `stream`. */
  async size(): Promise<number> {
    return this.#source instanceof StoredName ? this.#source.storage().size(this.name) : this.#source.size
  }

  async bytes(): Promise<Uint8Array> {
    const source = this.#source
    return source instanceof StoredName ? Buffer.concat(await Array.fromAsync(this.stream())) : source.bytes()
  }

  /** As UTF-8. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  stream(): AsyncIterable<Uint8Array> {
    const source = this.#source
    return source instanceof StoredName ? source.storage().open(source.name) : source.stream()
  }

  /** Whether the storage still has it. */
  async exists(): Promise<boolean> {
    return this.#source instanceof StoredName && this.#source.storage().exists(this.name)
  }

  /** Removes it from its storage. The row still names it: set its field to `null` and save, or delete the row. */
  async delete(): Promise<void> {
    if (this.#source instanceof StoredName) await this.#source.storage().delete(this.name)
  }

  /** The name. */
  toString(): string {
    return this.name
  }

  toJSON(): string {
    return this.name
  }
}
