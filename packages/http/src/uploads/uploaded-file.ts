import { writeFile } from 'node:fs/promises'

/** A file that came with a form, held in memory. One that was too large for that is a `TemporaryUploadedFile`. */
export class UploadedFile {
  /** The file's own name, without directories or control characters. Still the client's word: never a path to write to. */
  readonly name: string
  /** The media type the client claims, in lower case. */
  readonly contentType: string
  /** In bytes. */
  readonly size: number
  readonly #chunks: readonly Uint8Array[]

  constructor(name: string, contentType: string, chunks: readonly Uint8Array[], size = sizeOf(chunks)) {
    this.name = name
    this.contentType = contentType
    this.#chunks = chunks
    this.size = size
  }

  /** Whether its content is in memory, and not in a file on disk. */
  get isInMemory(): boolean {
    return true
  }

  /** Where its content is on disk until the request has been answered, if it is there. Django's `temporary_file_path()`. */
  get temporaryPath(): string | undefined {
    return undefined
  }

  /** The whole content, in memory. */
  async bytes(): Promise<Uint8Array> {
    return Buffer.concat(this.#chunks)
  }

  /** As UTF-8. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  /** The content in pieces, of which one at a time is in memory. It may be taken more than once. Django's `chunks()`. */
  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* this.#chunks
  }

  /**
   * Puts the content into a file of yours, which then stays: what is on disk already is moved rather than copied. `mode` are the
   * permissions, for the owner alone unless told. Throws the error of `node:fs` where the file cannot be made, `EEXIST` where
   * there is one: nothing is overwritten.
   */
  async moveTo(path: string, mode = 0o600): Promise<void> {
    await writeFile(path, this.#chunks, { flag: 'wx', mode })
  }

  /** Frees what it holds on disk. Called when the request has been answered. */
  close(): void | Promise<void> {}
}

function sizeOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((total, chunk) => total + chunk.byteLength, 0)
}
