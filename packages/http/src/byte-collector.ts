const blockSize = 16 * 1024
// From here on a chunk is worth an object of its own.
const largeSize = 2 * 1024
// Nor is a block worth its size for what comes in few pieces, as most fields of forms do.
const fewChunks = 8

/**
 * Chunks of a body, kept until all are there. Small ones share a block: a client may send a body one byte at a time, and an object
 * for each byte would weigh a hundred times what it holds.
 */
export class ByteCollector {
  #chunks: Uint8Array[] = []
  #block: Buffer | undefined
  /** How much of the block is taken, and from where on it is not yet among the chunks. */
  #end = 0
  #start = 0
  #size = 0

  /** In bytes. */
  get size(): number {
    return this.#size
  }

  push(chunk: Uint8Array): void {
    this.#size += chunk.byteLength
    if (chunk.byteLength >= largeSize || this.#chunks.length < fewChunks) {
      this.#closeRun()
      this.#chunks.push(chunk)
      return
    }
    if (this.#block === undefined || this.#end + chunk.byteLength > blockSize) {
      this.#closeRun()
      this.#block = Buffer.allocUnsafeSlow(blockSize)
      this.#start = 0
      this.#end = 0
    }
    this.#block.set(chunk, this.#end)
    this.#end += chunk.byteLength
  }

  /** All of it in pieces, in order. */
  chunks(): readonly Uint8Array[] {
    this.#closeRun()
    return this.#chunks
  }

  /** All of it in one. */
  bytes(): Uint8Array {
    const chunks = this.chunks()
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, this.#size)
  }

  #closeRun(): void {
    if (this.#block === undefined || this.#end === this.#start) return
    this.#chunks.push(this.#block.subarray(this.#start, this.#end))
    this.#start = this.#end
  }
}
