/** A file that came with a form, held in memory. */
export class UploadedFile {
  /** The file's own name, without directories or control characters. Still the client's word: never a path to write to. */
  readonly name: string
  /** The media type the client claims, in lower case. */
  readonly contentType: string
  /** In bytes. */
  readonly size: number
  readonly #chunks: readonly Uint8Array[]

  constructor(name: string, contentType: string, chunks: readonly Uint8Array[]) {
    this.name = name
    this.contentType = contentType
    this.#chunks = chunks
    this.size = chunks.reduce((total, chunk) => total + chunk.byteLength, 0)
  }

  async bytes(): Promise<Uint8Array> {
    return Buffer.concat(this.#chunks)
  }

  /** As UTF-8. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  async *stream(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* this.#chunks
  }
}
