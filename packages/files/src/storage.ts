import type { FileContent } from './file-content.ts'

/** What is in a folder of a storage: names without their folder, sorted. */
export interface FolderListing {
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

export interface SaveFileOptions {
  /** The most characters that the stored name may have, folders included: what the column holds. */
  readonly maxLength?: number
}

/**
 * Where files are kept, under names such as `'covers/2026/dune.png'`: `/` between folders, relative, never `..`. A name that
 * leads elsewhere throws `SuspiciousFileName` in every method. Django's `Storage`.
 */
export interface Storage {
  /**
   * Stores `content` whole or not at all, and returns the name it got: `name` made valid, and another one where that is taken,
   * since nothing is ever overwritten. Throws `StorageError` where it cannot be stored.
   */
  save(name: string, content: FileContent, options?: SaveFileOptions): Promise<string>
  /** The content. Throws `FileNotFound` when it is first read and there is no such file. */
  open(name: string): AsyncIterable<Uint8Array>
  /** Removes a file. One that is not there is no error. */
  delete(name: string): Promise<void>
  exists(name: string): Promise<boolean>
  /** In bytes. Throws `FileNotFound`. */
  size(name: string): Promise<number>
  /** When the content was stored. Throws `FileNotFound`. */
  getModifiedTime(name: string): Promise<Temporal.Instant>
  /** What is in `folder`, `''` for the whole; nothing where there is no such folder. */
  listdir(folder: string): Promise<FolderListing>
  /** Where browsers get the file. */
  url(name: string): string
}
